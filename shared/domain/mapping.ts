import * as z from 'zod'
import { mappingId } from './ids.ts'
import type { systemName } from './record.ts'

/** Which way a row works, seen from Salesforce. */
export const direction = z.enum(['both', 'to-connectwise', 'to-salesforce'])
export type Direction = z.infer<typeof direction>

/** Pairs of equal meaning in two pick lists. */
export const valueMap = z.object({
  pairs: z.array(z.object({ salesforce: z.string(), connectwise: z.string() })),
  /** A value that no pair names: stop with a dead letter, use a default of the side written to, pass it on, or leave the field alone. */
  unmapped: z.enum(['fail', 'default', 'pass', 'leave']).default('fail'),
  defaults: z.object({ salesforce: z.string().optional(), connectwise: z.string().optional() }).default({}),
})
export type ValueMap = z.infer<typeof valueMap>

/** How a value is made comparable and writable before it is compared or sent. */
export const normaliser = z.enum([
  'none',
  'text',
  'multiline',
  'html-to-text',
  'phone',
  'email',
  'url',
  'date',
  'number',
  'boolean',
])
export type Normaliser = z.infer<typeof normaliser>

/**
 * One row of a mapping: a field here, a field there, and all that has to be said about carrying a value between them.
 *
 * Field names may be paths with slashes (`company/id`). A row's expression, when set, is JSONata over the whole source
 * record and replaces the plain copy in that direction.
 */
export const mappingField = z.object({
  salesforce: z.string(),
  connectwise: z.string(),
  direction: direction.default('both'),
  /** JSONata over the source record; absent: copy. */
  toConnectwise: z.string().optional(),
  toSalesforce: z.string().optional(),
  valueMap: valueMap.optional(),
  /** The value is the id of a linked record: these two entities' link table translates it. */
  reference: z
    .object({ salesforce: z.string(), connectwise: z.string(), required: z.boolean().default(true) })
    .optional(),
  /**
   * For a new ConnectWise record that would go without this field: `field` of the record that `parent`, a field of the new record, refers
   * to stands in (an opportunity's contact: `defaultContact/id` of `company/id`). The delivery fails when that is empty too.
   */
  fromParent: z.object({ parent: z.string(), entity: z.string(), field: z.string() }).optional(),
  /** What an empty source value means for the destination: clear it, leave it alone, or write the default. */
  whenEmpty: z.enum(['clear', 'leave', 'default']).default('clear'),
  default: z.object({ salesforce: z.json().optional(), connectwise: z.json().optional() }).default({}),
  /** Longest text the field holds at each side, in characters. */
  maxLength: z
    .object({ salesforce: z.number().int().optional(), connectwise: z.number().int().optional() })
    .default({}),
  whenTooLong: z.enum(['truncate', 'fail']).default('truncate'),
  normalise: normaliser.default('none'),
  /** Sent on create only, never updated afterwards. */
  createOnly: z.boolean().default(false),
  /** Both sides changed since the last sync: who wins. */
  conflict: z.enum(['salesforce', 'connectwise', 'newest', 'ask']).default('newest'),
  note: z.string().optional(),
})
export type MappingField = z.infer<typeof mappingField>

const fieldPair = z.object({ salesforce: z.string(), connectwise: z.string() })

/**
 * How the counterpart of a record that is not linked yet is recognised, tried in order. The first pair of fields is searched by; what it
 * finds counts only where the pairs of `also` agree too, each compared as its row in the mapping carries it, without regard to case.
 */
export const naturalKey = fieldPair.extend({ also: z.array(fieldPair).optional() })
export type NaturalKey = z.infer<typeof naturalKey>

/** A two-way mapping between one entity of each system. */
export const mappingDocument = z.object({
  id: mappingId,
  name: z.string().min(1).max(100),
  salesforce: z.object({ entity: z.string() }),
  connectwise: z.object({ entity: z.string() }),
  fields: z.array(mappingField).min(1),
  naturalKeys: z.array(naturalKey).default([]),
  /** ISO code of the country that phone numbers without a country code belong to; absent: US. */
  phoneCountry: z.string().length(2).optional(),
})
export type MappingDocument = z.infer<typeof mappingDocument>

/** A stored version of a mapping; versions are never changed. */
export const mappingVersion = z.object({
  mappingId,
  version: z.number().int().positive(),
  document: mappingDocument,
  author: z.string(),
  note: z.string(),
  createdAt: z.number(),
})
export type MappingVersion = z.infer<typeof mappingVersion>

/** The direction that writes to a system. */
export function directionTo(system: z.infer<typeof systemName>): Exclude<Direction, 'both'> {
  return system === 'salesforce' ? 'to-salesforce' : 'to-connectwise'
}
