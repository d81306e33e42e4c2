import * as z from 'zod'
import { deliveryId, eventId } from './ids.ts'
import { recordRef, systemName } from './record.ts'

/** What a person decided about a field: one side's value stays, or this value (in the destination's terms) goes to both. */
export const choice = z.union([systemName, z.object({ value: z.json() })])
export type Choice = z.infer<typeof choice>

/** Choices by the destination's name of the field. */
export type Choices = Readonly<Record<string, Choice>>

/** A field that waits, or waited, for a person: both values, as they were when the delivery was parked. */
export const conflictField = z.object({
  /** The destination's name of it. */
  field: z.string(),
  /** Both in the destination's terms, as the mapping carries them over. */
  salesforce: z.json().nullable(),
  connectwise: z.json().nullable(),
  /** Null while nobody has chosen. */
  choice: choice.nullable(),
  chosenBy: z.string().nullable(),
  /** ms since 1970. */
  chosenAt: z.number().nullable(),
})
export type ConflictField = z.infer<typeof conflictField>

/** A delivery that is parked until a person has chosen. */
export const conflict = z.object({
  deliveryId,
  eventId,
  record: recordRef,
  title: z.string().nullable(),
  /** Why it is parked. */
  note: z.string().nullable(),
  fields: z.array(conflictField),
})
export type Conflict = z.infer<typeof conflict>
