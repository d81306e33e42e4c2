import { loopingAfter, type RelayStatus } from '#shared/contract/shell.ts'
import type { Health } from '#shared/domain/health.ts'

/** What the icon says; each has a shape of its own, for those who can't tell the colours apart. */
export const trayFaces = ['well', 'working', 'failing', 'paused', 'stopped'] as const
export type TrayFace = (typeof trayFaces)[number]

export interface TrayLook {
  readonly face: TrayFace
  /** The state in words, with counts. */
  readonly tooltip: string
  readonly isPaused: boolean
  readonly canPause: boolean
  /** How many deliveries wait for a person. */
  readonly open: number
  /** How many deliveries wait for their turn: what goes out when everything is resumed. */
  readonly waiting: number
}

/** Windows cuts longer ones off. */
const tooltipLength = 127

/** How the tray shows the relay: the gravest thing first. `health` is what was last heard of a relay at work. */
export function trayLook(status: RelayStatus, health: Health | null): TrayLook {
  const isHeard = status.phase === 'ready' || (status.phase === 'attached' && status.sentence === null)
  if (!isHeard || health === null) {
    return { face: 'stopped', tooltip: line(notHeard(status)), isPaused: false, canPause: false, open: 0, waiting: 0 }
  }
  const { dead, leased, parked, pending, waiting } = health.queue
  const isPaused = health.pauses.some(({ scope }) => scope === 'everything')
  const counts = [
    [dead, 'failed'],
    [parked, 'to decide'],
    [waiting, 'waiting'],
    [pending + leased, 'on the way'],
  ] as const
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  const face = faceOf(health, isPaused)
  return {
    face,
    tooltip: line([faceWords[face], words.join(', ')].filter((part) => part !== '').join(': ')),
    isPaused,
    canPause: !isPaused,
    open: dead + parked,
    waiting: pending + waiting,
  }
}

const faceWords: Readonly<Record<TrayFace, string>> = {
  well: 'all is well',
  working: 'working',
  failing: 'something needs you',
  paused: 'paused',
  stopped: 'not working',
}

function faceOf({ queue, state }: Health, isPaused: boolean): TrayFace {
  if (isPaused) return 'paused'
  if (state === 'down' || state === 'degraded' || queue.dead + queue.parked > 0) return 'failing'
  if (state === 'paused') return 'paused'
  return queue.pending + queue.leased > 0 ? 'working' : 'well'
}

function notHeard({ crashes, phase, sentence }: RelayStatus): string {
  if (phase === 'starting' || phase === 'ready') return 'starting'
  if (phase === 'stopping') return 'finishing what is under way'
  if (phase === 'waiting' && crashes < loopingAfter) return 'the relay ended and is started again'
  return `not working. ${sentence ?? ''}`.trim()
}

function line(words: string): string {
  const text = `Patchbay: ${words}`
  return text.length <= tooltipLength ? text : `${text.slice(0, tooltipLength - 1)}…`
}
