import * as z from 'zod'
import { systemName, values } from './record.ts'

/** A way to break a simulated system. */
export const faultKind = z.enum([
  'down',
  'slow',
  'rate-limit',
  'server-error',
  'lock',
  'validation',
  'quota',
  'unauthorized',
  'timeout-after-write',
])
export type FaultKind = z.infer<typeof faultKind>

/** What each fault is called and what it does, in the order of a list of switches. */
export const faultTexts: Readonly<Record<FaultKind, { readonly name: string; readonly sentence: string }>> = {
  down: { name: 'Down', sentence: 'Cuts every connection without an answer, as a server does that is switched off.' },
  slow: { name: 'Slow', sentence: 'Answers, but takes its time.' },
  'rate-limit': {
    name: 'Too many requests',
    sentence: 'Asks for a pause before the next request (429 with Retry-After).',
  },
  'server-error': { name: 'Server error', sentence: 'Answers every request with an internal error (500).' },
  lock: { name: 'Record locked', sentence: 'Refuses writes, as if somebody else were changing the record just now.' },
  validation: { name: 'Field refused', sentence: 'Refuses each record that is written and names a field.' },
  quota: { name: 'Calls used up', sentence: 'Says that all API calls of the day are used.' },
  unauthorized: { name: 'Sign-in refused', sentence: 'Refuses the sign-in and every request with it (401).' },
  'timeout-after-write': {
    name: 'Answer lost',
    sentence: 'Writes what it was asked to, but the answer never arrives.',
  },
}

/** What one simulated system is up to and what it holds. */
export const simulatedSystem = z.object({
  system: systemName,
  faults: z.array(z.object({ kind: faultKind, name: z.string(), sentence: z.string(), isOn: z.boolean() })),
  entities: z.array(
    z.object({
      entity: z.string(),
      count: z.number().int(),
      /** The newest few, with the simulated system's own field names. */
      records: z.array(z.object({ id: z.string(), title: z.string().nullable(), values })),
    }),
  ),
})
export type SimulatedSystem = z.infer<typeof simulatedSystem>

export const sandboxState = z.object({
  /** Changes a minute that the simulated people make. */
  perMinute: z.number(),
  systems: z.array(simulatedSystem),
})
export type SandboxState = z.infer<typeof sandboxState>
