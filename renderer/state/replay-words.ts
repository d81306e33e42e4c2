import type { Replay } from '#shared/domain/replay.ts'
import { whoWords } from './alerts/alert-words.ts'
import { doerOf } from './audit-words.ts'

/** How fast a replay is sent: "10 a second", "90 a minute". */
export function paceWords({ rate }: Pick<Replay, 'rate'>): string {
  if (rate === null) return 'as fast as the systems take it'
  return rate % 60 === 0 ? `${(rate / 60).toLocaleString('en')} a second` : `${rate.toLocaleString('en')} a minute`
}

/** Who ordered a replay, as a column tells it; empty where it was not noted. */
export function ordererOf({ who }: Pick<Replay, 'who'>): string {
  return who === null ? '' : doerOf({ who })
}

/** "Ordered by a script", before the time of it. */
export function orderedWords({ who }: Pick<Replay, 'who'>): string {
  return who === null ? 'Ordered' : `Ordered by ${whoWords(who)}`
}
