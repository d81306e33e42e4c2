import type { Json } from '#shared/domain/record.ts'

/**
 * Reads an instant as ms since 1970; null when it is none.
 *
 * Takes ms as number, and ISO text with `Z`, `+00:00` or Salesforce's `+0000`. Text without a zone is read as UTC, which both
 * vendors mean by it: the zone of this machine must never leak into a version.
 */
export function readInstant(value: Json | undefined): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= 8.64e15 ? value : null
  if (typeof value !== 'string') return null
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(value)
  if (match === null) return null
  const zone = (match[3] ?? 'Z').toUpperCase()
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const at = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${offset}`)
  return Number.isNaN(at) ? null : at
}

/** A record's version from the instant of its last change: ISO, UTC, with ms, so that equal instants are equal texts. */
export function readVersion(value: Json | undefined): string | null {
  const at = readInstant(value)
  return at === null ? null : new Date(at).toISOString()
}
