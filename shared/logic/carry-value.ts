import type { Failure, Result } from '#shared/domain/failure.ts'
import { failed, ok } from '#shared/domain/failure.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Json, SystemName } from '#shared/domain/record.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import { isEmpty } from './json.ts'
import { normalise } from './normalise.ts'
import { truncate } from './text.ts'
import { translate } from './value-map.ts'

/**
 * What one row makes of one value on its way to a system: value map, normaliser, rule for empty values, length. Knows no
 * expressions and no references. Undefined: leave the field alone.
 */
export function carryValue(
  row: MappingField,
  value: Json,
  to: SystemName,
  document: MappingDocument,
): Result<Json | undefined> {
  if (isEmpty(value)) return ok(emptyValue(row, to))
  let translated: Json = value
  if (row.valueMap !== undefined) {
    const translation = translate(row.valueMap, value, to)
    if (translation.kind === 'leave') return ok(undefined)
    if (translation.kind === 'unmapped') return failed(unmapped(row, value, to, document))
    translated = translation.value
  }
  const options = document.phoneCountry === undefined ? { to } : { to, phoneCountry: document.phoneCountry }
  const written = normalise(translated, row.normalise, options)
  return isEmpty(written) ? ok(emptyValue(row, to)) : fit(row, written, to, document)
}

function emptyValue(row: MappingField, to: SystemName): Json | undefined {
  if (row.whenEmpty === 'clear') return null
  return row.whenEmpty === 'leave' ? undefined : row.default[to]
}

function fit(row: MappingField, value: Json, to: SystemName, document: MappingDocument): Result<Json | undefined> {
  const limit = row.maxLength[to]
  if (typeof value !== 'string' || limit === undefined || value.length <= limit) return ok(value)
  return row.whenTooLong === 'truncate' ? ok(truncate(value, limit)) : failed(tooLong(row, value, limit, to, document))
}

function unmapped(row: MappingField, value: Json, to: SystemName, document: MappingDocument): Failure {
  const from = otherSystem(to)
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  return {
    class: 'permanent',
    stage: 'transform',
    code: 'unmapped-value',
    sentence: `The mapping "${document.name}" does not say what "${shown}" in ${row[from]} of ${systemTitle[from]} is in ${systemTitle[to]}.`,
    fix: `Add a pair for "${shown}" to the value map of ${row.salesforce} ↔ ${row.connectwise}, then replay.`,
    field: row[to],
    value: shown,
  }
}

function tooLong(row: MappingField, value: string, limit: number, to: SystemName, document: MappingDocument): Failure {
  return {
    class: 'permanent',
    stage: 'transform',
    code: 'too-long',
    sentence: `The value for ${row[to]} has ${value.length} characters; ${systemTitle[to]} holds ${limit}.`,
    fix: `Shorten ${row[otherSystem(to)]}, or let the mapping "${document.name}" cut it, then replay.`,
    field: row[to],
  }
}
