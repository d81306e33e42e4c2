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

/** A record as a simulated system holds it. */
export const simulatedRecord = z.object({
  id: z.string(),
  title: z.string().nullable(),
  /** Under the simulated system's own field names. */
  values,
  /** When it was changed last, ms since 1970; null when the system does not say. */
  changedAt: z.number().nullable(),
  /** Whether Patchbay changed it last, not a simulated person. */
  byPatchbay: z.boolean(),
})
export type SimulatedRecord = z.infer<typeof simulatedRecord>

/** What one simulated system is up to and what it holds. */
export const simulatedSystem = z.object({
  system: systemName,
  faults: z.array(z.object({ kind: faultKind, name: z.string(), sentence: z.string(), isOn: z.boolean() })),
  entities: z.array(
    z.object({
      entity: z.string(),
      count: z.number().int(),
      /** The last changed few, newest change first. */
      records: z.array(simulatedRecord),
    }),
  ),
})
export type SimulatedSystem = z.infer<typeof simulatedSystem>

/** Which records to tell of: of these entities (absent: of all), and at most so many of each. */
export const sandboxQuery = z.object({
  entities: z.array(z.string().max(80)).max(20).optional(),
  records: z.coerce.number().int().min(0).max(50).default(10),
})
export type SandboxQuery = z.output<typeof sandboxQuery>

/** Something that one simulated person is asked to do; without `id`, with any record. */
export const sandboxDeed = z.object({
  system: systemName,
  entity: z.string().min(1).max(80),
  what: z.enum(['create', 'change']),
  id: z.string().min(1).max(80).optional(),
})
export type SandboxDeed = z.infer<typeof sandboxDeed>

export const sandboxState = z.object({
  /** Changes a minute that the simulated people make. */
  perMinute: z.number(),
  systems: z.array(simulatedSystem),
})
export type SandboxState = z.infer<typeof sandboxState>
