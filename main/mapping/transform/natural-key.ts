import { ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { MappingField, NaturalKey } from '#shared/domain/mapping.ts'
import type { Json, RemoteRecord, SystemName } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { rowsTo } from '#shared/logic/apply-mapping.ts'
import { carryValue } from '#shared/logic/carry-value.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { comparable } from '#shared/logic/normalise.ts'
import type { Search } from './find-counterpart.ts'
import { referenceResolver } from './references.ts'

type FieldPair = NonNullable<NaturalKey['also']>[number]

/** Whether a record that was found by the first pair of a natural key agrees in all further pairs with the one it was searched for. */
export async function agreesInAll(key: NaturalKey, found: RemoteRecord, search: Search): Promise<Result<boolean>> {
  for (const pair of key.also ?? []) {
    const agrees = await agreesIn(pair, found, search)
    if (!agrees.ok || !agrees.value) return agrees
  }
  return ok(true)
}

async function agreesIn(pair: FieldPair, found: RemoteRecord, search: Search): Promise<Result<boolean>> {
  const { mapping, reading, source } = search
  const [from, to] = [source.system, otherSystem(source.system)]
  const ours = reading.values[pair[from]] ?? null
  const theirs = found.values[pair[to]] ?? null
  const row = rowsTo(mapping, to).find((one) => one[from] === pair[from] && one[to] === pair[to])
  if (row?.reference !== undefined) return isCounterpartOf(row.reference, ours, theirs, search)
  const isSame = (one: Json, other: Json): boolean => textOf(one, row, search) === textOf(other, row, search)
  // Also the way back: what stands for an empty value there, or was cut to fit, agrees.
  return ok(isSame(carried(row, ours, to, search), theirs) || isSame(ours, carried(row, theirs, from, search)))
}

/** Whether the two records belong to the same parent; a parent without a counterpart is nobody else's. */
async function isCounterpartOf(
  reference: NonNullable<MappingField['reference']>,
  ours: Json,
  theirs: Json,
  { ports, source, trace }: Search,
): Promise<Result<boolean>> {
  if (isEmpty(ours) || isEmpty(theirs)) return ok(isEmpty(ours) && isEmpty(theirs))
  const { system } = source
  const parent = { system, entity: reference[system], id: String(ours) }
  const counterpart = await referenceResolver(ports, trace)(parent, reference[otherSystem(system)], false)
  return counterpart.ok ? ok(counterpart.value === String(theirs)) : counterpart
}

function carried(row: MappingField | undefined, value: Json, to: SystemName, { mapping }: Search): Json {
  if (row === undefined) return value
  const result = carryValue(row, value, to, mapping)
  return result.ok ? (result.value ?? null) : value
}

function textOf(value: Json, row: MappingField | undefined, { mapping }: Search): string {
  const plain = comparable(value, row?.normalise ?? 'text', mapping.phoneCountry)
  return isEmpty(plain) ? '' : String(plain).toLowerCase()
}
