import * as z from 'zod'
import { eventId } from '../domain/ids.ts'
import { systemName } from '../domain/record.ts'
import { sample, sampleName } from '../domain/sample.ts'
import { base } from './base.ts'

/** Events kept as test cases. */
export const sampleCalls = {
  list: base
    .route({ method: 'GET', path: '/samples', summary: 'Events kept as test cases, by name' })
    .input(
      z.object({
        eventId: z.coerce.number().int().positive().pipe(eventId).optional(),
        system: systemName.optional(),
        entity: z.string().max(100).optional(),
      }),
    )
    .output(z.array(sample)),
  save: base
    .route({
      method: 'PUT',
      path: '/samples',
      summary: 'Keep an event as a test case, or give it another name; it stays until that is taken back',
    })
    .input(z.object({ eventId, name: sampleName }))
    .output(sample),
  remove: base
    .route({ method: 'POST', path: '/samples/remove', summary: 'Keep an event as a test case no longer' })
    .input(z.object({ eventId }))
    .output(z.object({ removed: z.boolean() })),
}
