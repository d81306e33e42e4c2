import * as z from 'zod'
import { connectionId, sourceId } from './ids.ts'
import { systemName } from './record.ts'

/** What a field holds, in words that both systems share. */
export const fieldType = z.enum([
  'text',
  'multiline',
  'number',
  'boolean',
  'date',
  'instant',
  'picklist',
  'reference',
  'email',
  'phone',
  'url',
  'other',
])
export type FieldType = z.infer<typeof fieldType>

export const pickListValue = z.object({ value: z.string(), label: z.string(), active: z.boolean() })
export type PickListValue = z.infer<typeof pickListValue>

/** One field of an entity, by the name that a mapping uses for it. */
export const fieldDescription = z.object({
  name: z.string(),
  label: z.string(),
  type: fieldType,
  /** A new record is refused without it, and the system fills in nothing by itself. */
  required: z.boolean(),
  /** Longest text, in characters; null: no limit is known. */
  length: z.number().int().positive().nullable(),
  /** Set by the system. */
  readOnly: z.boolean(),
  /** Taken with a new record only. */
  createOnly: z.boolean(),
  /** What a pick list offers; null: it is none, or could not be read (`remarks` of the schema says so then). */
  values: z.array(pickListValue).nullable(),
  /** Nothing but the listed values is taken. */
  restricted: z.boolean(),
  /** The entity whose records it names, where it is known; null when it names none. */
  referenceTo: z.string().nullable(),
})
export type FieldDescription = z.infer<typeof fieldDescription>

/** What a system's connector says of one entity. */
export const entityDescription = z.object({
  fields: z.array(fieldDescription),
  /** What could not be learned, a sentence each. */
  remarks: z.array(z.string()),
})
export type EntityDescription = z.infer<typeof entityDescription>

/** An entity of a system, as a list to choose from shows it. */
export const entityLabel = z.object({ name: z.string(), label: z.string() })
export type EntityLabel = z.infer<typeof entityLabel>

/** The fields of an entity as they were last read. */
export const entitySchema = entityDescription.extend({
  connectionId,
  system: systemName,
  entity: z.string(),
  /** When it was read, ms since 1970. */
  describedAt: z.number(),
  /** Why it could not be read anew, in a sentence; null when it is as fresh as was asked for. */
  outdated: z.string().nullable(),
})
export type EntitySchema = z.infer<typeof entitySchema>

/** The entities of a system as they were last read. */
export const entityList = z.object({
  entities: z.array(entityLabel),
  describedAt: z.number(),
  outdated: z.string().nullable(),
})
export type EntityList = z.infer<typeof entityList>

/** One place in the values of real events. */
export const samplePath = z.object({
  /** Slashes for depth; `[]` stands for the items of a list. */
  path: z.string(),
  types: z.array(z.enum(['text', 'number', 'boolean', 'empty', 'list', 'object'])),
  /** Events in which it was there, empty ones included. */
  count: z.number().int(),
  /** A few different values, without secrets and cut to what is worth showing. */
  examples: z.array(z.string()),
})
export type SamplePath = z.infer<typeof samplePath>

/** What the latest events of a source said of an entity. */
export const eventSample = z.object({
  sourceId,
  entity: z.string(),
  /** Events looked at, and how many of them carried values or were read by a delivery since. */
  events: z.number().int(),
  withValues: z.number().int(),
  paths: z.array(samplePath),
})
export type EventSample = z.infer<typeof eventSample>
