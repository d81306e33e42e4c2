import type { RemoteRecord, Values } from '#shared/domain/record.ts'

/**
 * A record of Salesforce as the relay sees it. Nested objects are left out: `attributes` is about the transport, and compound
 * fields (addresses, names) only repeat fields that are there one by one.
 */
export function toRemoteRecord(
  entity: string,
  raw: Readonly<Record<string, unknown>>,
  externalIdField: string,
): RemoteRecord {
  const values: Values = {}
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      values[name] = value
  }
  return {
    ref: { system: 'salesforce', entity, id: textOf(raw['Id']) ?? '' },
    version: textOf(raw['SystemModstamp']),
    changedBy: textOf(raw['LastModifiedById']),
    values,
    crossReference: textOf(raw[externalIdField]),
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
