import * as z from 'zod'
import { failure } from './failure.ts'
import { eventId, mappingId } from './ids.ts'
import { systemName } from './record.ts'

/** What is to be looked at before a mapping is saved. `error`: it would fail; `warning`: it may; `note`: it is as it should be, but worth knowing. */
export const mappingWarning = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  code: z.enum([
    'bad-expression',
    'unknown-field',
    'read-only',
    'required-unmapped',
    'may-stay-empty',
    'value-unmapped',
    'unknown-value',
    'type-mismatch',
    'too-long',
    'would-truncate',
    'written-twice',
  ]),
  /** Which row of the document, counted from 0; null: the document as a whole. */
  row: z.number().int().nullable(),
  /** The system that is written to. */
  to: systemName,
  field: z.string(),
  sentence: z.string(),
  fix: z.string().nullable(),
  /** For an expression: up to where it could be read, in characters from its start. */
  position: z.number().int().nullable(),
})
export type MappingWarning = z.infer<typeof mappingWarning>

/** What a draft is to be looked at for. `notChecked` says what could not be, a sentence each. */
export const mappingCheck = z.object({ warnings: z.array(mappingWarning), notChecked: z.array(z.string()) })
export type MappingCheck = z.infer<typeof mappingCheck>

/** What of a row made the value, in the order in which it took part. */
export const mappingRule = z.enum([
  'copy',
  'expression',
  'reference',
  'value-map',
  'value-map-default',
  'passed-on',
  'normalise',
  'truncate',
  'clear',
  'leave',
  'default',
  'from-parent',
  'create-only',
  'not-known',
])
export type MappingRule = z.infer<typeof mappingRule>

/** What one row makes of one record. */
export const rowResult = z.object({
  row: z.number().int(),
  source: z.string(),
  /** Absent: the record does not tell. */
  sourceValue: z.json().optional(),
  field: z.string(),
  outcome: z.enum(['set', 'cleared', 'left', 'failed']),
  /** What would be written; absent where the field is left alone or the row fails. */
  value: z.json().optional(),
  rules: z.array(mappingRule),
  failure: failure.nullable(),
  /** What is odd about a value that would be written, in a sentence. */
  warning: z.string().nullable(),
})
export type RowResult = z.infer<typeof rowResult>

/**
 * Where the values of a record were taken from: the event as stored, the source system just now, or what an earlier delivery of the
 * event had read.
 */
export const valuesFrom = z.enum(['event', 'source', 'earlier'])
export type ValuesFrom = z.infer<typeof valuesFrom>

export const mappingPreview = z.object({
  eventId,
  to: systemName,
  valuesFrom,
  /** Why the values are not the freshest there could be; null when they are. */
  remark: z.string().nullable(),
  /** The record has no counterpart yet, so that one would be made. */
  isCreate: z.boolean(),
  rows: z.array(rowResult),
})
export type MappingPreview = z.infer<typeof mappingPreview>

/** One output that a draft changes. A side that is absent leaves the field alone. */
export const outputChange = z.object({
  field: z.string(),
  before: z.json().optional(),
  after: z.json().optional(),
  /** In place of a value: why this side fails. */
  failureBefore: z.string().optional(),
  failureAfter: z.string().optional(),
})
export type OutputChange = z.infer<typeof outputChange>

export const mappingBacktest = z.object({
  /** The version compared with; null when none is stored. */
  version: z.number().int().nullable(),
  /** Events compared, of which so many came out the same. */
  compared: z.number().int(),
  unchanged: z.number().int(),
  /** Events that carried no values and were not read since, so that there is nothing to compare. */
  withoutValues: z.number().int(),
  /** Events on which the draft fails; not those that only wait for another record. */
  failing: z.number().int(),
  /** Of the same events those on which the stored version fails. */
  failingBefore: z.number().int(),
  events: z.array(
    z.object({
      eventId,
      system: systemName,
      recordId: z.string(),
      title: z.string().nullable(),
      changes: z.array(outputChange),
    }),
  ),
  /** Set when not all events were compared. */
  stopped: z.enum(['time', 'cancelled']).nullable(),
})
export type MappingBacktest = z.infer<typeof mappingBacktest>

/** A property that differs; a side that is absent does not have it. */
export const propertyChange = z.object({ property: z.string(), from: z.json().optional(), to: z.json().optional() })
export type PropertyChange = z.infer<typeof propertyChange>

export const rowDifference = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  salesforce: z.string(),
  connectwise: z.string(),
  changes: z.array(propertyChange),
})
export type RowDifference = z.infer<typeof rowDifference>

/** How two documents differ, row by row. */
export const mappingDifference = z.object({
  /** What is not about a row: name, entities, natural keys. */
  settings: z.array(propertyChange),
  rows: z.array(rowDifference),
  /** Rows that are in both stand in another order. */
  isReordered: z.boolean(),
})
export type MappingDifference = z.infer<typeof mappingDifference>

export const versionsDifference = mappingDifference.extend({
  mappingId,
  from: z.number().int(),
  to: z.number().int(),
})
