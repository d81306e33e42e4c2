import * as z from 'zod'
import { eventId } from '../domain/ids.ts'
import { knownRecord, recordComparison, recordDetail, syncFrom, timelineEntry } from '../domain/known-record.ts'
import { link } from '../domain/link.ts'
import { systemName } from '../domain/record.ts'
import { base } from './base.ts'
import { page, pageQuery } from './page.ts'

const byRecord = z.object({ system: systemName, entity: z.string().min(1).max(100), id: z.string().min(1).max(100) })

/** Records of both systems, as they were last seen. */
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

/** Which record belongs to which. */
export const linkCalls = {
  list: base
    .route({ method: 'GET', path: '/links', summary: 'Paired records, newest first' })
    .input(z.object({ ...pageQuery.shape, salesforceId: z.string().optional(), connectwiseId: z.string().optional() }))
    .output(page(link)),
}
