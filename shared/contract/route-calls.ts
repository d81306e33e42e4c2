import * as z from 'zod'
import { eventSummary } from '../domain/event.ts'
import { routeId } from '../domain/ids.ts'
import { match } from '../domain/match.ts'
import { systemName } from '../domain/record.ts'
import { route } from '../domain/route.ts'
import { base } from './base.ts'

/** How many of the latest events a match would let through. */
export const matchCount = z.object({
  /** Events looked at, of all entities of the system. */
  events: z.number().int(),
  matching: z.number().int(),
  /** Whether they match depends on fields that the events did not carry; their deliveries would tell. */
  unknown: z.number().int(),
  /** Events on which the expression failed, and why the first of them did. */
  failing: z.number().int(),
  failure: z.string().nullable(),
  /** A few of those that match, newest first. */
  examples: z.array(
    eventSummary.pick({ id: true, entity: true, recordId: true, action: true, title: true, receivedAt: true }),
  ),
})
export type MatchCount = z.infer<typeof matchCount>

/** How a route does. */
export const routeFigures = z.object({
  routeId,
  /** Deliveries that have not ended; some seconds old at the most. */
  open: z.number().int(),
  /** Dead letters of the last 24 hours that nobody has replayed. */
  failing: z.number().int(),
  /** ms since 1970, to the hour where it is long ago; null before the first. */
  lastDeliveredAt: z.number().nullable(),
})
export type RouteFigures = z.infer<typeof routeFigures>

/** Routes kept, watched, tried out and removed. */
export const routeCalls = {
  list: base.route({ method: 'GET', path: '/routes', summary: 'Routes' }).output(z.array(route)),
  save: base.route({ method: 'PUT', path: '/routes', summary: 'Create or change a route' }).input(route).output(route),
  figures: base
    .route({
      method: 'GET',
      path: '/routes/figures',
      summary: 'What waits on each route, what failed in the last 24 hours, and when it last delivered',
    })
    .output(z.array(routeFigures)),
  count: base
    .route({
      method: 'POST',
      path: '/routes/count',
      summary: 'How many of the last 1,000 events of a system a match would let through; "changed" counts as met',
    })
    .input(z.object({ from: systemName, match }))
    .output(matchCount),
  remove: base
    .route({
      method: 'POST',
      path: '/routes/{id}/remove',
      summary: 'Remove a route; with `withOpen` also while deliveries of it have not ended, which then end as skipped',
    })
    .input(z.object({ id: routeId, withOpen: z.boolean().default(false) }))
    .output(z.object({ openDeliveries: z.number().int() })),
}
