import type { Replay } from '#shared/domain/replay.ts'
import type { UpdateState } from '#shared/domain/update.ts'

type Running = Pick<Replay, 'open' | 'state' | 'total' | 'waiting'>

/** How far the long work under way has come, as a part of 1: an update that is downloaded, else all running replays together. null: none is. */
export function taskBarPart(update: UpdateState | null, replays: readonly Running[]): number | null {
  return update?.phase === 'downloading' ? update.part : replayPart(replays)
}

function replayPart(replays: readonly Running[]): number | null {
  const running = replays.filter(({ open, state, waiting }) => state === 'running' && open + waiting > 0)
  const sum = (of: (replay: Running) => number) => running.reduce((all, one) => all + of(one), 0)
  const total = sum((one) => one.total)
  return total === 0 ? null : Math.max(0, total - sum((one) => one.open + one.waiting)) / total
}
