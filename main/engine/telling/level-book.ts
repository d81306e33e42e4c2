import { wrongClockMs } from '#main/alerts/watch.ts'
import {
  addStep,
  forgetAfter,
  lastLook,
  levelKey,
  loadLevels,
  markRestart,
  noteAnew,
  noteLook,
  pruneLevels,
  type Level,
} from '#main/store/levels.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'

/** Old steps that one look takes away. */
const prunedAtOnce = 50

export type Levels = ReadonlyMap<string, Level>

/** Keeps the levels of each minute as steps: a row only where one is another than in the minute before. */
export class LevelBook {
  readonly #store: Pick<Store, 'read' | 'writeLight'>
  #known: Levels | null = null

  constructor(store: Pick<Store, 'read' | 'writeLight'>) {
    this.#store = store
  }

  /** Marks a start, save for the very first of a database. */
  async started(now: number): Promise<void> {
    await this.#store.writeLight((tx) => {
      if (lastLook(tx) !== null) markRestart(tx, now)
    })
  }

  /** Whether a minute (ms since 1970) was looked at before. One that lies well before the last is not: the clock was wrong then. */
  isNoted(minute: number): boolean {
    const last = this.#store.read(lastLook)
    return last !== null && minute <= last && last - minute <= wrongClockMs
  }

  /** How everything stood at the last look, by `levelKey`, however long ago. */
  last(): Levels {
    return this.#known ?? this.#store.read(loadLevels)
  }

  /** Notes what was seen of a minute, and that between it and the last look nobody looked. */
  async note(minute: number, levels: readonly Level[]): Promise<void> {
    this.#known = await this.#store.writeLight((tx) => {
      const known = this.#entry(tx, minute)
      const seen = new Map(levels.map((level) => [levelKey(level), level]))
      for (const [key, level] of seen) if ((known.get(key)?.value ?? null) !== level.value) addStep(tx, level, minute)
      for (const [key, level] of known) if (level.value !== null && !seen.has(key)) addStep(tx, closed(level), minute)
      noteLook(tx, minute)
      pruneLevels(tx, minute, prunedAtOnce)
      return seen
    })
  }

  /** What held in the minute before this one. */
  #entry(tx: Transaction, minute: number): Levels {
    const last = lastLook(tx)
    if (last !== null && last >= minute) {
      forgetAfter(tx, minute - 1)
      noteAnew(tx, minute)
      return loadLevels(tx)
    }
    const known = this.#known ?? loadLevels(tx)
    if (last === null || last + minuteMs === minute) return known
    for (const level of known.values()) if (level.value !== null) addStep(tx, closed(level), last + minuteMs)
    return new Map()
  }
}

function closed(level: Level): Level {
  return { ...level, value: null }
}
