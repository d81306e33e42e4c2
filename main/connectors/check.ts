import type { Failure } from '#shared/domain/failure.ts'
import type { Check } from './connector.ts'

export function passed(name: string, sentence: string): Check {
  return { name, ok: true, sentence, fix: null }
}

export function fromFailure(name: string, failure: Failure): Check {
  return { name, ok: false, sentence: failure.sentence, fix: failure.fix ?? null }
}

/** A clock that is further off than this makes signatures and tokens fail, in ms. */
const tolerableSkewMs = 60_000

/** Compares this computer's clock with the `Date` header of an answer just received. `now` is ms since 1970. */
export function inspectClock(date: string | undefined, system: string, now: number): Check {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return passed('Clock', `${system} did not say what time it has.`)
  const seconds = Math.round(Math.abs(now - theirs) / 1_000)
  if (seconds * 1_000 < tolerableSkewMs) return passed('Clock', `This computer's clock agrees with ${system}'s.`)
  const direction = now > theirs ? 'ahead of' : 'behind'
  return {
    name: 'Clock',
    ok: false,
    sentence: `This computer's clock is ${seconds} seconds ${direction} ${system}'s.`,
    fix: 'Switch on time synchronisation in Windows (Settings, Time & language, Sync now).',
  }
}
