import * as z from 'zod'
import { auditEntry } from '../domain/audit.ts'
import { eventId } from '../domain/ids.ts'
import { knownRecord, recordComparison, recordDetail, syncFrom, timelineEntry } from '../domain/known-record.ts'
import { metricQuery, metricSeries } from '../domain/metrics.ts'
import { overview } from '../domain/overview.ts'
import { systemName } from '../domain/record.ts'
import { sandboxDeed, sandboxQuery, sandboxState, simulatedRecord } from '../domain/sandbox.ts'
import { storageReport } from '../domain/storage.ts'
import { supportBundle, supportPart } from '../domain/support.ts'
import { base } from './base.ts'
import { page, pageQuery } from './page.ts'

const byRecord = z.object({ system: systemName, entity: z.string().min(1).max(100), id: z.string().min(1).max(100) })

export const overviewCalls = {
  get: base
    .route({
      method: 'GET',
      path: '/overview',
      summary: 'Well or not, what waits and why, and what wants a person first',
    })
    .output(overview),
}

export const metricCalls = {
  series: base
    .route({ method: 'GET', path: '/metrics/series', summary: 'A metric over time, for charts' })
    .input(metricQuery)
    .output(metricSeries),
}

export const recordCalls = {
  search: base
    .route({
      method: 'GET',
      path: '/records',
      summary: 'Records by name, id, number, domain or e-mail; each word has to begin so',
    })
    .input(z.object({ ...pageQuery.shape, text: z.string().max(200).default('') }))
    .output(page(knownRecord)),
  get: base
    .route({ method: 'GET', path: '/records/{system}/{entity}/{id}', summary: 'One record with its counterpart' })
    .input(byRecord)
    .output(recordDetail),
  timeline: base
    .route({
      method: 'GET',
      path: '/records/{system}/{entity}/{id}/timeline',
      summary: 'What happened to a record and its counterpart, newest first',
    })
    .input(byRecord.extend(pageQuery.shape))
    .output(page(timelineEntry)),
  compare: base
    .route({
      method: 'POST',
      path: '/records/{system}/{entity}/{id}/compare',
      summary: 'Read both records now and put their fields side by side; writes nothing',
    })
    .input(byRecord)
    .output(recordComparison),
  sync: base
    .route({
      method: 'POST',
      path: '/records/{system}/{entity}/{id}/sync',
      summary: 'Carry the current values of one side, or of both, over by the usual path',
      successStatus: 201,
    })
    .input(byRecord.extend({ from: syncFrom.default('both') }))
    .output(z.object({ eventIds: z.array(eventId) })),
}

export const auditCalls = {
  list: base
    .route({ method: 'GET', path: '/audit', summary: 'Who did what, newest first' })
    .input(
      z.object({
        ...pageQuery.shape,
        action: z.string().max(50).optional(),
        who: z.string().max(50).optional(),
        text: z.string().max(200).optional(),
      }),
    )
    .output(page(auditEntry)),
}

export const supportCalls = {
  preview: base
    .route({ method: 'GET', path: '/support', summary: 'What a support bundle would hold, without secrets and values' })
    .output(z.array(supportPart)),
  bundle: base
    .route({ method: 'POST', path: '/support/bundle', summary: 'The support bundle as one text file' })
    .output(supportBundle),
}

/** To be had beside the other calls about storage. */
export const restoreCall = base
  .route({
    method: 'PUT',
    path: '/storage/restore',
    summary: 'Put a backup in the place of the database at the next start; without a file, take that back',
  })
  .input(z.object({ file: z.string().max(4_000).nullable().default(null) }))
  .output(storageReport)

/** To be had beside the other calls about the sandbox. */
export const sandboxStateCall = base
  .route({ method: 'GET', path: '/sandbox', summary: 'Traffic, faults and what the simulated systems hold' })
  .input(sandboxQuery)
  .output(sandboxState)

/** To be had beside the other calls about the sandbox. */
export const sandboxActCall = base
  .route({
    method: 'POST',
    path: '/sandbox/deeds',
    summary: 'Have one simulated person change a record or create one, now',
    successStatus: 201,
  })
  .input(sandboxDeed)
  .output(simulatedRecord)
