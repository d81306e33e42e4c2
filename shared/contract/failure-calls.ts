import * as z from 'zod'
import { deliverySummary } from '../domain/delivery.ts'
import {
  discard,
  failureCriteria,
  failureGroupKey,
  failureGroups,
  failureGroupState,
  failureListState,
  heldGroup,
} from '../domain/failure-group.ts'
import { deliveryId } from '../domain/ids.ts'
import { base } from './base.ts'
import { eventCriteria } from './event-filter.ts'
import { page, pageQuery } from './page.ts'

/** What failed for good or does not go on, and giving it up. */
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
  held: base
    .route({
      method: 'GET',
      path: '/failures/held',
      summary: 'What has not ended and does not go on: parked for a person, or waiting for long, by reason',
    })
    .input(
      z.object({
        /** Waiting counts as long from so many minutes on. */
        minutes: z.coerce.number().int().min(0).max(10_000).default(15),
      }),
    )
    .output(z.array(heldGroup)),
  list: base
    .route({
      method: 'POST',
      path: '/failures/list',
      summary: 'Deliveries that failed or are held, newest first; a page may be short and still have a next one',
    })
    .input(
      failureCriteria.extend({
        ...pageQuery.shape,
        state: failureListState.default('open'),
        /** Only what this discard gave up. */
        discardId: z.number().int().positive().optional(),
      }),
    )
    .output(page(deliverySummary)),
  discard: base
    .route({
      method: 'POST',
      path: '/failures/discard',
      summary: 'Give up dead letters: a group, what a filter finds, or named ones',
    })
    .input(
      z.object({
        group: failureGroupKey.optional(),
        filter: eventCriteria.optional(),
        failures: failureCriteria.optional(),
        deliveryIds: z.array(deliveryId).min(1).max(10_000).optional(),
        /** Left out although they match. */
        exclude: z.array(deliveryId).max(10_000).optional(),
        reason: z.string().trim().min(1).max(500),
      }),
    )
    .output(z.object({ discardId: z.number().int(), discarded: z.number().int() })),
  discards: base
    .route({ method: 'GET', path: '/failures/discards', summary: 'What people gave up, newest first' })
    .input(pageQuery)
    .output(page(discard)),
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
