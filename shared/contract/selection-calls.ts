import * as z from 'zod'
import { eventId } from '../domain/ids.ts'
import { base } from './base.ts'
import { eventCriteria } from './event-filter.ts'

/** What is asked about a selection in the list of events; to be had beside the other calls about events and deliveries. */
export const countEventsCall = base
  .route({ method: 'GET', path: '/events/count', summary: 'How many events there are' })
  .input(eventCriteria)
  .output(
    z.object({
      count: z.number().int(),
      /** False: there was too much to look through, and there may be more. */
      isAll: z.boolean(),
    }),
  )

export const cancelManyCall = base
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
  )
