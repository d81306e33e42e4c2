import * as z from 'zod'
import { failureGroupKey, failureGroups, failureGroupState } from '../domain/failure-group.ts'
import { deliveryId } from '../domain/ids.ts'
import { base } from './base.ts'
import { eventCriteria } from './event-filter.ts'

/** What failed for good, and giving it up. */
export const failureCalls = {
  groups: base
    .route({ method: 'GET', path: '/failures/groups', summary: 'What failed for good, by route and kind of failure' })
    .input(
      z.object({
        /** How far back it is told how many there were in each hour. */
        hours: z.coerce.number().int().min(1).max(168).default(24),
        state: failureGroupState.optional(),
      }),
    )
    .output(failureGroups),
  discard: base
    .route({
      method: 'POST',
      path: '/failures/discard',
      summary: 'Give up dead letters: a group, or what a filter finds',
    })
    .input(
      z.object({
        group: failureGroupKey.optional(),
        filter: eventCriteria.optional(),
        reason: z.string().trim().min(1).max(500),
      }),
    )
    .output(z.object({ discardId: z.number().int(), discarded: z.number().int() })),
  restore: base
    .route({
      method: 'POST',
      path: '/failures/restore',
      summary: 'Take a discard back, as a whole or for one delivery',
    })
    .input(z.object({ discardId: z.number().int().positive().optional(), deliveryId: deliveryId.optional() }))
    .output(
      z.object({
        restored: z.number().int(),
        /** Left alone, as they were replayed meanwhile. */
        kept: z.number().int(),
      }),
    ),
}
