/** The states that something went through while it was edited; the present one can be left in both directions. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last edit was about and when; more of the same within a moment is one step. */
  readonly last: { readonly step: string; readonly at: number } | null
}

/** Steps that can be taken back. */
const kept = 200
/** Edits of one kind within this time (ms) are one step, so that undo takes back a word and not a letter. */
const oneStepMs = 1_000

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null }
}

/** @param step what the edit is about: two edits in a row with the same one are taken back together; empty: never. */
export function edited<T>(history: History<T>, present: T, step: string, at: number): History<T> {
  if (present === history.present) return history
  const { past, last } = history
  const isSame = step !== '' && last?.step === step && at - last.at < oneStepMs && past.length > 0
  return {
    past: isSame ? past : [...past, history.present].slice(-kept),
    present,
    future: [],
    last: { step, at },
  }
}

export function undone<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1)
  if (before === undefined) return { past, present, future, last: null }
  return { past: past.slice(0, -1), present: before, future: [present, ...future], last: null }
}

export function redone<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future
  if (next === undefined) return { past, present, future, last: null }
  return { past: [...past, present], present: next, future: rest, last: null }
}
