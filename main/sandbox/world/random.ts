/** A source of numbers that repeats itself for the same seed, so that every start shows the same people and companies. */
export interface Random {
  /** From 0 up to, never reaching, 1. */
  next(): number
  /** From 0 up to, never reaching, `end`. */
  below(end: number): number
  /** One of the items; throws when there are none. */
  of<T>(items: readonly T[]): T
  chance(probability: number): boolean
  /** That many decimal digits. */
  digits(count: number): string
}

/** Numbers by a linear congruential step with its high bits mixed; good enough for names and telephone numbers. */
export function seededRandom(seed: number): Random {
  let state = (seed ^ 0x5deece66) >>> 0
  function next(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b) >>> 0
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000
  }
  function below(end: number): number {
    return Math.floor(next() * end)
  }
  return {
    next,
    below,
    of: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
    chance: (probability) => next() < probability,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  }
}
