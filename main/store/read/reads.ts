import type { Connection } from '../open.ts'
import { loadSamples, type SampleQuery } from '../samples.ts'
import { loadViews } from '../views.ts'
import { alertReads } from './alerts.ts'
import { alertFigureReads } from './alert-figures.ts'
import { auditReads } from './audit.ts'
import { conflictReads } from './conflicts.ts'
import { configurationReads } from './configuration.ts'
import { deliveryReads } from './deliveries.ts'
import { eventRecordReads } from './event-records.ts'
import { eventReads } from './events.ts'
import { failureGroupReads } from './failure-groups.ts'
import { failureListReads } from './failure-lists.ts'
import { goingOnReads } from './going-on.ts'
import { heldGroupReads } from './held-groups.ts'
import { histogramReads } from './histogram.ts'
import { listReads } from './lists.ts'
import { metricReads } from './metrics.ts'
import { notificationReads } from './notifications.ts'
import { overviewReads } from './overview.ts'
import { Reading } from './reading.ts'
import { recordReads } from './records.ts'
import { replayPlanReads } from './replay-plans.ts'
import { replayReads } from './replays.ts'
import { routeFigureReads } from './route-figures.ts'

/** Every question the console may ask of the database, by name. */
export type Reads = ReturnType<typeof prepareReads>

/** Makes the reads on a read-only connection. */
export function prepareReads(db: Connection) {
  const reading = new Reading(db)
  const deliveries = deliveryReads(reading)
  const events = eventReads(reading, deliveries)
  return {
    ...deliveries,
    ...events,
    ...histogramReads(reading),
    ...failureGroupReads(reading, deliveries),
    ...failureListReads(reading),
    ...goingOnReads(reading),
    ...heldGroupReads(reading, deliveries),
    listSamples: (query: SampleQuery) => loadSamples(reading, query),
    listViews: () => loadViews(reading),
    ...listReads(reading),
    ...conflictReads(reading),
    ...configurationReads(reading),
    ...replayReads(reading),
    ...replayPlanReads(reading),
    ...metricReads(reading),
    ...notificationReads(reading),
    ...alertFigureReads(reading),
    ...eventRecordReads(reading),
    ...recordReads(reading, { ...events, ...deliveries }),
    ...alertReads(reading),
    ...auditReads(reading),
    ...overviewReads(reading),
    ...routeFigureReads(reading),
  }
}
