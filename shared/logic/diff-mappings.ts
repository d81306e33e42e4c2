import type { MappingDifference, PropertyChange, RowDifference } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Json } from '#shared/domain/record.ts'
import { sameJson } from './json.ts'

/** How a document differs from another one, row by row. A row is the same one as long as it joins the same two fields. */
export function diffMappings(from: MappingDocument, to: MappingDocument): MappingDifference {
  const { fields: oldRows, ...oldSettings } = from
  const { fields: newRows, ...newSettings } = to
  const pairs = pairRows(oldRows, newRows)
  const paired = new Set(pairs.map(([row]) => row))
  const known = new Set(pairs.map(([, row]) => row))
  const rows: RowDifference[] = [
    ...oldRows.filter((row) => !paired.has(row)).map((row) => describe('removed', row, [])),
    ...pairs.flatMap(([was, is]) => {
      const changes = diffProperties(was, is)
      return changes.length === 0 ? [] : [describe('changed', is, changes)]
    }),
    ...newRows.filter((row) => !known.has(row)).map((row) => describe('added', row, [])),
  ]
  const order = pairs.map(([, is]) => newRows.indexOf(is))
  const isReordered = order.some((place, at) => at > 0 && place < (order[at - 1] ?? 0))
  return { settings: diffProperties(oldSettings, newSettings), rows, isReordered }
}

/** The properties in which two objects of settings differ, in the order of their names. */
export function diffProperties(from: object, to: object): PropertyChange[] {
  const [was, is] = [toJson(from), toJson(to)]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
  return names.flatMap((property) => {
    const [old, now] = [was[property], is[property]]
    if (old !== undefined && now !== undefined && sameJson(old, now)) return []
    if (old === undefined && now === undefined) return []
    return [{ property, ...(old === undefined ? {} : { from: old }), ...(now === undefined ? {} : { to: now }) }]
  })
}

/** As it would be stored: what is undefined is not there. */
function toJson(settings: object): Record<string, Json | undefined> {
  return JSON.parse(JSON.stringify(settings)) as Record<string, Json>
}

/** Rows that belong together, in the order of the old document: first by both fields and direction, then by the fields alone. */
function pairRows(
  oldRows: readonly MappingField[],
  newRows: readonly MappingField[],
): (readonly [MappingField, MappingField])[] {
  const partners = new Map<MappingField, MappingField>()
  const taken = new Set<MappingField>()
  for (const keyOf of [exactKey, looseKey]) {
    for (const row of oldRows) {
      if (partners.has(row)) continue
      const partner = newRows.find((one) => !taken.has(one) && keyOf(one) === keyOf(row))
      if (partner === undefined) continue
      partners.set(row, partner)
      taken.add(partner)
    }
  }
  return oldRows.flatMap((row) => {
    const partner = partners.get(row)
    return partner === undefined ? [] : [[row, partner] as const]
  })
}

function looseKey({ salesforce, connectwise }: MappingField): string {
  return JSON.stringify([salesforce, connectwise])
}

function exactKey({ salesforce, connectwise, direction }: MappingField): string {
  return JSON.stringify([salesforce, connectwise, direction])
}

function describe(kind: RowDifference['kind'], row: MappingField, changes: PropertyChange[]): RowDifference {
  return { kind, salesforce: row.salesforce, connectwise: row.connectwise, changes }
}
