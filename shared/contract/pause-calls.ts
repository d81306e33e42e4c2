import * as z from 'zod'
import { pause, pauseReceipt, pauseTarget } from '../domain/pause.ts'
import { base } from './base.ts'

/** What people hold back. */
export const pauseCalls = {
  list: base
    .route({ method: 'GET', path: '/pauses', summary: 'What people have paused, oldest first' })
    .output(z.array(pause)),
  set: base
    .route({
      method: 'PUT',
      path: '/pauses',
      summary: 'Pause everything, a connection, a route or a source; nothing it forbids is sent after the answer',
    })
    .input(pauseTarget.extend({ reason: z.string().trim().min(1).max(500) }))
    .output(pauseReceipt),
  held: base
    .route({ method: 'GET', path: '/pauses/held', summary: 'How many deliveries go on when a pause ends' })
    .input(pauseTarget)
    .output(z.object({ count: z.number().int() })),
  clear: base
    .route({ method: 'POST', path: '/pauses/clear', summary: 'End a pause; what it held goes on in order' })
    .input(pauseTarget)
    .output(z.array(pause)),
}
