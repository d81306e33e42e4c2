import * as z from 'zod'

/** Ways to compare an event's field with a value. */
export const operator = z.enum([
  'is',
  'is-not',
  'one-of',
  'contains',
  'starts-with',
  'greater',
  'less',
  'is-empty',
  'is-not-empty',
  'changed',
])
export type Operator = z.infer<typeof operator>

/** One condition. `field` is a name in the record as the source system writes it, with dots or slashes for depth. */
export const condition = z.object({ field: z.string().min(1), operator, value: z.json().optional() })
export type Condition = z.infer<typeof condition>

/**
 * Which events of its source a route wants: entity, actions, and conditions of which all or any have to hold.
 *
 * An expression is one condition more: JSONata over the whole record that gives true. Only a delivery can judge it, as it takes a record
 * that has been read.
 */
export const match = z.object({
  entity: z.string(),
  actions: z.array(z.enum(['created', 'updated', 'deleted', 'restored', 'touched'])).min(1),
  conditions: z.array(condition).default([]),
  /** Absent: all. */
  combine: z.enum(['all', 'any']).optional(),
  expression: z.string().min(1).max(10_000).optional(),
})
export type Match = z.infer<typeof match>
