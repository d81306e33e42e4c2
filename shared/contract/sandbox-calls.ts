import * as z from 'zod'
import { health } from '../domain/health.ts'
import { sandboxDeed, sandboxQuery, sandboxState, simulatedRecord } from '../domain/sandbox.ts'
import { base } from './base.ts'

/** The simulated systems. */
export const sandboxCalls = {
  state: base
    .route({ method: 'GET', path: '/sandbox', summary: 'Traffic, faults and what the simulated systems hold' })
    .input(sandboxQuery)
    .output(sandboxState),
  act: base
    .route({
      method: 'POST',
      path: '/sandbox/deeds',
      summary: 'Have one simulated person change a record or create one, now',
      successStatus: 201,
    })
    .input(sandboxDeed)
    .output(simulatedRecord),
  start: base
    .route({ method: 'POST', path: '/sandbox/start', summary: 'Work on the simulated systems' })
    .output(health),
  leave: base
    .route({ method: 'POST', path: '/sandbox/leave', summary: 'Go back to the real configuration' })
    .output(health),
  traffic: base
    .route({ method: 'POST', path: '/sandbox/traffic', summary: 'Let simulated people work; 0 stops them' })
    .input(z.object({ perMinute: z.number().min(0).max(60_000) }))
    .output(z.object({ perMinute: z.number() })),
  faults: base
    .route({
      method: 'POST',
      path: '/sandbox/faults',
      summary: 'Break a simulated system in one way more, mend that, or with null heal it of everything',
    })
    .input(
      z.object({
        system: z.enum(['salesforce', 'connectwise']),
        fault: z.string().nullable(),
        isOn: z.boolean().default(true),
      }),
    )
    .output(z.object({ ok: z.boolean() })),
}
