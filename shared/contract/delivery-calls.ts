import * as z from 'zod'
import { choice, conflict } from '../domain/conflict.ts'
import { deliveryDetail, deliveryState, deliverySummary } from '../domain/delivery.ts'
import { deliveryId, eventId, routeId } from '../domain/ids.ts'
import { base } from './base.ts'
import { eventCriteria } from './event-filter.ts'
import { page, pageQuery } from './page.ts'

const byDelivery = z.object({ id: z.coerce.number().int().positive().pipe(deliveryId) })

/** What became of events on their routes. */
export const deliveryCalls = {
  list: base
    .route({ method: 'GET', path: '/deliveries', summary: 'Deliveries, newest first' })
    .input(
      z.object({
        ...pageQuery.shape,
        state: deliveryState.optional(),
        routeId: routeId.optional(),
        eventId: z.coerce.number().int().pipe(eventId).optional(),
      }),
    )
    .output(page(deliverySummary)),
  get: base
    .route({ method: 'GET', path: '/deliveries/{id}', summary: 'One delivery with its attempts' })
    .input(byDelivery)
    .output(deliveryDetail),
  cancel: base
    .route({ method: 'POST', path: '/deliveries/{id}/cancel', summary: 'Give up a delivery that has not ended' })
    .input(byDelivery.extend({ reason: z.string().min(1).max(500) }))
    .output(deliverySummary),
  cancelMany: base
    .route({
      method: 'POST',
      path: '/deliveries/cancel',
      summary: 'Give up what has not ended of named events, or of what a filter finds; a dry run only counts it',
    })
    .input(
      z.object({
        eventIds: z.array(eventId).max(10_000).optional(),
        filter: eventCriteria.optional(),
        dryRun: z.boolean().default(false),
        reason: z.string().trim().max(500).default(''),
      }),
    )
    .output(
      z.object({
        /** Given up; of a dry run: what would be. */
        cancelled: z.number().int(),
        /** Left alone, as they had ended or were being sent when their turn came. */
        kept: z.number().int(),
      }),
    ),
  release: base
    .route({
      method: 'POST',
      path: '/deliveries/{id}/release',
      summary:
        'Let a parked delivery go on; after a mass deletion, all that its source holds back; a dry run only counts',
    })
    .input(byDelivery.extend({ dryRun: z.boolean().default(false) }))
    .output(
      z.object({
        /** Let go; of a dry run: what would be, 0 when it is not parked (any more). */
        released: z.number().int(),
      }),
    ),
}

/** Values that wait for a person to choose. */
export const conflictCalls = {
  list: base
    .route({
      method: 'GET',
      path: '/conflicts',
      summary: 'Deliveries that wait for a choice between values, newest first',
    })
    .input(pageQuery)
    .output(page(conflict)),
  resolve: base
    .route({ method: 'POST', path: '/conflicts/{deliveryId}/resolve', summary: 'Choose the values that stay' })
    .input(
      z.object({
        deliveryId: z.coerce.number().int().positive().pipe(deliveryId),
        choices: z.record(z.string(), choice),
      }),
    )
    .output(deliveryDetail),
}
