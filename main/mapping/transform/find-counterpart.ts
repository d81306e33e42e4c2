import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { RecordRef, RemoteRecord } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { rowsTo } from '#shared/logic/apply-mapping.ts'
import { carryValue } from '#shared/logic/carry-value.ts'
import { isEmpty } from '#shared/logic/json.ts'
import type { PreparePorts, Trace } from './prepared.ts'
import type { SourceReading } from './read-source.ts'
import { nameOf, permanent } from './sentences.ts'

/** Whom a record that is not linked belongs to. */
export type Counterpart =
  | { readonly kind: 'found'; readonly record: RemoteRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'gone'; readonly ref: RecordRef }

/** A look-up in the making: who looks, and with what. */
interface Search {
  readonly source: RecordRef
  readonly reading: SourceReading
  readonly mapping: MappingDocument
  readonly ports: PreparePorts
  readonly trace: Trace
}

/**
 * Finds the counterpart of a record that has no link: by the id it names itself, by the records that name its id, then by
 * the mapping's natural keys. Several hits are never picked from, and what belongs to another record is never taken.
 */
export async function findCounterpart(search: Search): Promise<Result<Counterpart>> {
  const named = await byOwnReference(search)
  if (!named.ok || named.value.kind !== 'none') return named
  const naming = await byCrossReference(search)
  return !naming.ok || naming.value.kind !== 'none' ? naming : byNaturalKeys(search)
}

const none: Result<Counterpart> = ok({ kind: 'none' })

async function byOwnReference(search: Search): Promise<Result<Counterpart>> {
  const { mapping, ports, reading, source, trace } = search
  if (reading.crossReference === null) return none
  const system = otherSystem(source.system)
  const ref: RecordRef = { system, entity: mapping[system].entity, id: reading.crossReference }
  const fetched = await trace.time('look-up', () => ports.fetch(ref, 'look-up'))
  if (!fetched.ok) return fetched
  if (fetched.value === null) return ok({ kind: 'gone', ref })
  return belongsElsewhere(fetched.value, search)
    ? taken(fetched.value, search)
    : ok({ kind: 'found', record: fetched.value })
}

async function byCrossReference(search: Search): Promise<Result<Counterpart>> {
  const { ports, source, trace } = search
  const hits = await trace.time('look-up', () => ports.findByCrossReference(entityThere(search), source.id))
  if (!hits.ok) return hits
  const [record, ...others] = hits.value
  if (record === undefined) return none
  if (others.length > 0) return twins(hits.value, `carry the id of ${nameOf(source)}`)
  return belongsElsewhere(record, search) ? taken(record, search) : ok({ kind: 'found', record })
}

async function byNaturalKeys(search: Search): Promise<Result<Counterpart>> {
  const { mapping, ports, source, trace } = search
  for (const key of mapping.naturalKeys) {
    const field = key[otherSystem(source.system)]
    const value = keyValue(key[source.system], field, search)
    if (value === null) continue
    const hits = await trace.time('look-up', () => ports.findByField(entityThere(search), field, value))
    if (!hits.ok) return hits
    const free = hits.value.filter((record) => !belongsElsewhere(record, search))
    if (free.length > 1) return twins(free, `have "${value}" as ${field}`)
    if (free[0] !== undefined) return ok({ kind: 'found', record: free[0] })
  }
  return none
}

function entityThere({ mapping, source }: Search): string {
  return mapping[otherSystem(source.system)].entity
}

/** The value to look for: as the mapping would write it, when a row carries this field. */
function keyValue(from: string, to: string, { mapping, reading, source }: Search): string | null {
  const system = otherSystem(source.system)
  const raw = reading.values[from] ?? null
  if (isEmpty(raw)) return null
  const row = rowsTo(mapping, system).find((candidate) => candidate[source.system] === from && candidate[system] === to)
  const carried = row === undefined ? ok(raw) : carryValue(row, raw, system, mapping)
  return carried.ok && !isEmpty(carried.value) ? String(carried.value) : null
}

/** Is the record joined to another one than ours, by a link (also an ended one) or by the id it carries? */
function belongsElsewhere(record: RemoteRecord, { ports, source }: Search): boolean {
  const linked = ports.findLink(record.ref)?.[source.system].id ?? null
  return (linked ?? record.crossReference ?? source.id) !== source.id
}

function taken(record: RemoteRecord, { ports, source }: Search): Result<Counterpart> {
  const owner = ports.findLink(record.ref)?.[source.system].id ?? record.crossReference ?? ''
  return failed(
    permanent(
      'counterpart-taken',
      `${nameOf(source)} and ${nameOf({ ...source, id: owner })} both claim ${nameOf(record.ref)}.`,
      `Keep one of the two, or clear the cross-reference of the other, then replay.`,
    ),
  )
}

function twins(records: readonly RemoteRecord[], what: string): Result<Counterpart> {
  const shown = records.slice(0, 5).map(({ ref }) => ref.id)
  const list = shown.join(', ') + (records.length > shown.length ? ', …' : '')
  const ref = records[0]?.ref
  return failed(
    permanent(
      'several-counterparts',
      `${ref === undefined ? '' : nameOf({ ...ref, id: list })} all ${what}; Patchbay does not pick one.`,
      'Merge them or make them distinct, then replay.',
    ),
  )
}
