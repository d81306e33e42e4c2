import type { Replay } from '#shared/domain/replay.ts'

/** How far all running replays together have come, as a part of 1; null when none runs. */
export function replayPart(replays: readonly Pick<Replay, 'open' | 'state' | 'total' | 'waiting'>[]): number | null {
  const running = replays.filter(({ open, state, waiting }) => state === 'running' && open + waiting > 0)
  const sum = (of: (replay: (typeof running)[number]) => number) => running.reduce((all, one) => all + of(one), 0)
  const total = sum((one) => one.total)
  return total === 0 ? null : Math.max(0, total - sum((one) => one.open + one.waiting)) / total
}
