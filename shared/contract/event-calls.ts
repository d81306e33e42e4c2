import * as z from 'zod'
import { deliveryDetail } from '../domain/delivery.ts'
import { duplicate, eventSummary, rejection } from '../domain/event.ts'
import { eventHistogram } from '../domain/histogram.ts'
import { eventId } from '../domain/ids.ts'
import { base } from './base.ts'
import { eventCriteria } from './event-filter.ts'
import { page, pageQuery } from './page.ts'

/** REST gives ids as text in the path; the other transports as numbers. */
const byEvent = z.object({ id: z.coerce.number().int().positive().pipe(eventId) })

/** Which events a list shows, and which page of them. */
export const eventFilter = eventCriteria.extend(pageQuery.shape)

/** An event with everything that became of it. */
export const eventDetail = eventSummary.extend({
  occurredAt: z.number().nullable(),
  actor: z.string().nullable(),
  version: z.string().nullable(),
  dedupeKeys: z.array(z.string()),
  duplicateList: z.array(duplicate),
  headers: z.record(z.string(), z.string()),
  contentType: z.string(),
  /** Up to the first 65,536 characters of the body; `bodyTruncated` says when there is more. */
  body: z.string(),
  bodyTruncated: z.boolean(),
  verifiedBy: z.string(),
  /** ms after it was received, by the steady clock, at which its sender was known to be the right one; null: not measured. */
  verifiedMs: z.number().nullable(),
  /** ms after it was received at which it was known to be new and written down, to be flushed with its commit; null: not measured. */
  writtenMs: z.number().nullable(),
  routedAt: z.number().nullable(),
  deliveries: z.array(deliveryDetail),
})
export type EventDetail = z.infer<typeof eventDetail>

/** What came in. */
export const eventCalls = {
  list: base
    .route({ method: 'GET', path: '/events', summary: 'Events, newest first' })
    .input(eventFilter)
    .output(page(eventSummary)),
  get: base
    .route({ method: 'GET', path: '/events/{id}', summary: 'One event with its deliveries and their attempts' })
    .input(byEvent)
    .output(eventDetail),
  body: base
    .route({ method: 'GET', path: '/events/{id}/body', summary: 'The whole body as text' })
    .input(byEvent)
    .output(z.object({ contentType: z.string(), body: z.string() })),
  count: base
    .route({ method: 'GET', path: '/events/count', summary: 'How many events there are' })
    .input(eventCriteria)
    .output(
      z.object({
        count: z.number().int(),
        /** False: there was too much to look through, and there may be more. */
        isAll: z.boolean(),
      }),
    ),
  bodyPiece: base
    .route({
      method: 'GET',
      path: '/events/{id}/body/piece',
      summary: 'A piece of the body as text, whole characters only; `next` is where the one after it begins',
    })
    .input(
      byEvent.extend({
        /** Bytes from the beginning of the body. */
        from: z.coerce.number().int().min(0).default(0),
        /** Bytes at most. */
        most: z.coerce.number().int().min(1_024).max(1_048_576).default(524_288),
      }),
    )
    .output(z.object({ text: z.string(), next: z.number().int().nullable(), size: z.number().int() })),
  histogram: base
    .route({ method: 'GET', path: '/events/histogram', summary: 'How many events came in when, by state' })
    .input(
      eventCriteria.omit({ since: true, until: true }).extend({
        hours: z.coerce.number().int().min(1).max(744).default(24),
        buckets: z.coerce.number().int().min(1).max(200).default(48),
      }),
    )
    .output(eventHistogram),
}

/** What was refused. */
export const rejectionCalls = {
  list: base
    .route({ method: 'GET', path: '/rejections', summary: 'Refused requests, newest first' })
    .input(pageQuery)
    .output(page(rejection)),
}
