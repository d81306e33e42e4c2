import type { Store } from '#main/store/store.ts'
import type { Arrival, Receipt, Refusal } from '#shared/domain/arrival.ts'
import { append } from './append.ts'
import { keepRefusal } from './refusals.ts'

/** The append-only record of what came in. */
export interface Journal {
  /**
   * Stores an arrival, or recognises it as one that is there already.
   *
   * Resolves after the commit is safe against power loss: only then may the sender be answered with success. Rejects when it could
   * not be stored; then nothing of the arrival is kept and the sender has to be told to come back.
   */
  append(arrival: Arrival): Promise<readonly Receipt[]>
  /** Keeps a refused request. Never rejects: a refusal that can't be kept must not hurt the relay. */
  record(refusal: Refusal): void
}

export function createJournal(store: Store, onLost: (error: unknown) => void): Journal {
  return {
    append: (arrival) => store.write((tx) => append(tx, arrival)),
    record: (refusal) => void store.write((tx) => keepRefusal(tx, refusal)).catch(onLost),
  }
}
