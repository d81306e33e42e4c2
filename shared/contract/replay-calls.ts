import * as z from 'zod'
import { replayId } from '../domain/ids.ts'
import { values } from '../domain/record.ts'
import {
  replay,
  replayDetail,
  replayItem,
  replayMode,
  replayPlan,
  replayPreview,
  replayReceipt,
  replayRequest,
  replaySelection,
  undoRequest,
} from '../domain/replay.ts'
import { base } from './base.ts'
import { page, pageQuery } from './page.ts'

const byReplay = z.object({ id: z.coerce.number().int().positive().pipe(replayId) })

/** Delivering again, and taking back what was written. */
export const replayCalls = {
  list: base
    .route({ method: 'GET', path: '/replays', summary: 'Replays, newest first' })
    .input(pageQuery)
    .output(page(replay)),
  create: base
    .route({ method: 'POST', path: '/replays', summary: 'Deliver again', successStatus: 201 })
    .input(replayRequest)
    .output(replayReceipt),
  plan: base
    .route({ method: 'POST', path: '/replays/plan', summary: 'What a replay would take: counts and API calls' })
    .input(replaySelection)
    .output(replayPlan),
  preview: base
    .route({ method: 'POST', path: '/replays/preview', summary: 'What would change in each record; writes nothing' })
    .input(
      replaySelection.extend({
        mode: replayMode.default('current'),
        payload: values.optional(),
        limit: z.number().int().min(1).max(50).default(20),
        after: z.string().optional(),
      }),
    )
    .output(page(replayPreview)),
  undo: base
    .route({
      method: 'POST',
      path: '/replays/undo',
      summary: 'Take back what a delivery or a replay wrote, where nobody touched it since',
      successStatus: 201,
    })
    .input(undoRequest)
    .output(z.object({ replayId })),
  get: base
    .route({ method: 'GET', path: '/replays/{id}', summary: 'One replay with its progress' })
    .input(byReplay)
    .output(replayDetail),
  items: base
    .route({ method: 'GET', path: '/replays/{id}/items', summary: 'What became of each delivery of a replay' })
    .input(byReplay.extend(pageQuery.shape))
    .output(page(replayItem)),
  pause: base
    .route({ method: 'POST', path: '/replays/{id}/pause', summary: 'Send nothing more of a replay for now' })
    .input(byReplay)
    .output(replayDetail),
  resume: base
    .route({ method: 'POST', path: '/replays/{id}/resume', summary: 'Let a paused replay go on' })
    .input(byReplay)
    .output(replayDetail),
  cancel: base
    .route({ method: 'POST', path: '/replays/{id}/cancel', summary: 'End a replay before its next send' })
    .input(byReplay)
    .output(replayDetail),
}
