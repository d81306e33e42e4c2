import type { Connection } from '../open.ts'
import { conflictReads } from './conflicts.ts'
import { configurationReads } from './configuration.ts'
import { deliveryReads } from './deliveries.ts'
import { eventReads } from './events.ts'
import { listReads } from './lists.ts'
import { Reading } from './reading.ts'
import { replayPlanReads } from './replay-plans.ts'
import { replayReads } from './replays.ts'

/** Every question the console may ask of the database, by name. */
export type Reads = ReturnType<typeof prepareReads>

/** Makes the reads on a read-only connection. */
export function prepareReads(db: Connection) {
  const reading = new Reading(db)
  const deliveries = deliveryReads(reading)
  return {
    ...deliveries,
    ...eventReads(reading, deliveries),
    ...listReads(reading),
    ...conflictReads(reading),
    ...configurationReads(reading),
    ...replayReads(reading),
    ...replayPlanReads(reading),
  }
}
