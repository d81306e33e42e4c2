import type { Json } from '#shared/domain/record.ts'
import { openRecordTable } from '#main/sandbox/world/record-table.ts'
import type { RecordTable, SqlPart } from '#main/sandbox/world/record-table.ts'
import type { Doc, World } from '#main/sandbox/world/world.ts'
import { salesforceError } from './errors.ts'
import type { SalesforceError } from './errors.ts'
import { parseSoql } from './soql.ts'
import { recordId } from './record-id.ts'
import { salesforceObjects, stages } from './schema.ts'
import type { SalesforceObject } from './schema.ts'
import { checkValues } from './validate.ts'

/** Who writes: a user, and the client named in `Sforce-Call-Options` when the API was used. */
export interface Writer {
  readonly userId: string
  readonly origin: string
}

/** A change as it is told to the outside. */
export interface SalesforceChange {
  readonly entity: string
  readonly id: string
  readonly kind: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE'
  /** The whole record afterwards (before, for a deletion). */
  readonly doc: Doc
  /** Names of the fields that changed. */
  readonly changed: readonly string[]
  readonly writer: Writer
  /** Instant of the commit, ms. */
  readonly at: number
}

export type Written =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly error: SalesforceError }

/** The records of the simulated org. Every write is checked as Salesforce does and announced. */
export interface Org {
  table(object: SalesforceObject): RecordTable
  get(object: SalesforceObject, id: string): Doc | 'missing' | 'deleted'
  create(object: SalesforceObject, sent: Doc, writer: Writer): Written
  update(object: SalesforceObject, id: string, sent: Doc, writer: Writer): Written
  remove(object: SalesforceObject, id: string, writer: Writer): Written
  /** Takes a deleted record out of the recycle bin. */
  restore(object: SalesforceObject, id: string, writer: Writer): Written
  /** Merges a record into another one of its kind: the loser is deleted and names the winner, which is saved. */
  merge(object: SalesforceObject, winner: string, loser: string, writer: Writer): Written
  /** Ids of the living records whose external id has this value. */
  matches(object: SalesforceObject, field: string, value: string): string[]
  /** Puts a record in as it is, unannounced; for the first population. */
  plant(object: SalesforceObject, values: Doc, at: number): string
}

/** Seconds are all that Salesforce keeps of an instant: two changes within one second carry the same SystemModstamp. */
export function salesforceInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000+0000`
}

const bookkeeping = new Set(['LastModifiedDate', 'LastModifiedById', 'SystemModstamp'])

/** Opens the org's tables in the world; `announce` is called inside the transaction of each change. */
export function openOrg(world: World, systemUser: string, announce: (change: SalesforceChange) => void): Org {
  const tables = new Map<string, RecordTable>()
  for (const object of salesforceObjects.values()) {
    tables.set(
      object.name,
      openRecordTable(world.database, `salesforce.${object.name}`, { id: 'TEXT', indexes: object.indexes }),
    )
  }

  function table(object: SalesforceObject): RecordTable {
    const found = tables.get(object.name)
    if (found === undefined) throw new Error(`no table for ${object.name}`)
    return found
  }

  function exists(entity: string, id: string): boolean {
    const doc = tables.get(entity)?.get(id) ?? null
    return doc !== null && doc['IsDeleted'] !== true
  }

  function matches(object: SalesforceObject, field: string, value: string): string[] {
    const where: SqlPart = {
      text: `(doc ->> '$.${field}') COLLATE NOCASE = ? AND (doc ->> '$.IsDeleted') = 0`,
      parameters: [value],
    }
    return table(object)
      .select({ where })
      .map((doc) => String(doc['Id']))
  }

  function duplicate(object: SalesforceObject, values: Doc, ownId: string | null): SalesforceError | null {
    for (const field of object.fields.values()) {
      const value = values[field.name]
      if (!field.unique || typeof value !== 'string') continue
      const other = matches(object, field.name, value).find((id) => id !== ownId)
      if (other === undefined) continue
      const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other}`
      return salesforceError(400, 'DUPLICATE_VALUE', message)
    }
    return null
  }

  function store(object: SalesforceObject, values: Doc, userId: string, at: number): Doc {
    const number = world.nextNumber(`salesforce.${object.name}`, 1_000)
    const id = recordId(object.keyPrefix, number)
    const empty = Object.fromEntries([...object.fields.values()].map((field) => [field.name, field.defaultValue]))
    const stamp = salesforceInstant(at)
    const doc: Doc = object.fields.has('SystemModstamp')
      ? {
          ...empty,
          IsDeleted: false,
          OwnerId: userId,
          ...values,
          Id: id,
          CreatedDate: stamp,
          CreatedById: userId,
          LastModifiedDate: stamp,
          LastModifiedById: userId,
          SystemModstamp: stamp,
        }
      : { ...empty, ...values, Id: id }
    if (object.name === 'Case') doc['CaseNumber'] = String(number).padStart(8, '0')
    derive(object.name, doc, values)
    table(object).put(id, doc)
    return doc
  }

  function create(object: SalesforceObject, sent: Doc, writer: Writer): Written {
    const checked = checkValues(object, sent, true, exists)
    if (!checked.ok) return checked
    const error = duplicate(object, checked.values, null)
    if (error !== null) return { ok: false, error }
    const at = world.clock.now()
    const doc = store(object, checked.values, writer.userId, at)
    const id = String(doc['Id'])
    const changed = Object.keys(doc).filter((name) => doc[name] !== null)
    announce({ entity: object.name, id, kind: 'CREATE', doc, changed, writer, at })
    return { ok: true, id, created: true }
  }

  function get(object: SalesforceObject, id: string): Doc | 'missing' | 'deleted' {
    const doc = table(object).get(id)
    if (doc === null) return 'missing'
    return doc['IsDeleted'] === true ? 'deleted' : doc
  }

  /** Salesforce stamps and announces a save even when no field got another value; so does this. */
  function update(object: SalesforceObject, id: string, sent: Doc, writer: Writer): Written {
    const before = get(object, id)
    if (typeof before === 'string') return { ok: false, error: gone(before) }
    const checked = checkValues(object, sent, false, exists)
    if (!checked.ok) return checked
    const error = duplicate(object, checked.values, id)
    if (error !== null) return { ok: false, error }
    const at = world.clock.now()
    const stamp = salesforceInstant(at)
    const doc: Doc = { ...before, ...checked.values, LastModifiedDate: stamp, SystemModstamp: stamp }
    doc['LastModifiedById'] = writer.userId
    derive(object.name, doc, checked.values)
    table(object).put(id, doc)
    const changed = Object.keys(doc).filter((name) => isChanged(name, before[name], doc[name]))
    announce({ entity: object.name, id, kind: 'UPDATE', doc, changed, writer, at })
    return { ok: true, id, created: false }
  }

  function remove(object: SalesforceObject, id: string, writer: Writer): Written {
    const before = get(object, id)
    if (typeof before === 'string') return { ok: false, error: gone(before) }
    const at = world.clock.now()
    const doc = { ...before, IsDeleted: true, SystemModstamp: salesforceInstant(at) }
    table(object).put(id, doc)
    announce({ entity: object.name, id, kind: 'DELETE', doc: before, changed: [], writer, at })
    return { ok: true, id, created: false }
  }

  function restore(object: SalesforceObject, id: string, writer: Writer): Written {
    const before = table(object).get(id)
    if (before === null || before['IsDeleted'] !== true) return { ok: false, error: gone('missing') }
    const at = world.clock.now()
    const doc: Doc = { ...before, IsDeleted: false, SystemModstamp: salesforceInstant(at) }
    if (object.fields.has('MasterRecordId')) doc['MasterRecordId'] = null
    table(object).put(id, doc)
    const changed = Object.keys(doc).filter((name) => doc[name] !== null)
    announce({ entity: object.name, id, kind: 'UNDELETE', doc, changed, writer, at })
    return { ok: true, id, created: false }
  }

  function merge(object: SalesforceObject, winner: string, loser: string, writer: Writer): Written {
    if (!object.fields.has('MasterRecordId') || winner === loser || typeof get(object, winner) === 'string') {
      return { ok: false, error: salesforceError(400, 'INVALID_ID_FIELD', 'these records can not be merged') }
    }
    const removed = remove(object, loser, writer)
    if (!removed.ok) return removed
    const doc = table(object).get(loser)
    if (doc !== null) table(object).put(loser, { ...doc, MasterRecordId: winner })
    return update(object, winner, {}, writer)
  }

  return {
    table,
    get,
    restore,
    merge,
    create,
    update,
    remove,
    matches,
    plant: (object, values, at) => String(store(object, values, systemUser, at)['Id']),
  }
}

/** The answer for a record that is not there any more. */
export function gone(state: 'missing' | 'deleted'): SalesforceError {
  return state === 'deleted'
    ? salesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted')
    : salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist')
}

function isChanged(name: string, before: Json | undefined, after: Json | undefined): boolean {
  return name === 'LastModifiedDate' || (!bookkeeping.has(name) && (before ?? null) !== (after ?? null))
}

/** Fields that Salesforce computes. `sent` are the values of this write: a probability that was sent stays. */
function derive(entity: string, doc: Doc, sent: Doc): void {
  if (entity === 'Contact') {
    doc['Name'] = [doc['FirstName'], doc['LastName']].filter((part) => typeof part === 'string').join(' ')
  } else if (entity === 'Opportunity') {
    const stage = stages[String(doc['StageName'])]
    doc['IsClosed'] = stage?.isClosed ?? false
    doc['IsWon'] = stage?.isWon ?? false
    if ('StageName' in sent && !('Probability' in sent)) doc['Probability'] = stage?.probability ?? null
  } else if (entity === 'Case') {
    const isClosed = doc['Status'] === 'Closed'
    if (isClosed !== doc['IsClosed']) doc['ClosedDate'] = isClosed ? (doc['SystemModstamp'] ?? null) : null
    doc['IsClosed'] = isClosed
  }
}

/** Runs a query; `docs` stays empty when the count alone was asked for. An error comes back as Salesforce words it. */
export function runQuery(
  org: Org,
  soql: string,
  withDeleted: boolean,
):
  | {
      readonly object: SalesforceObject
      readonly fields: readonly string[]
      readonly docs: Doc[]
      readonly count: number
    }
  | SalesforceError {
  const parsed = parseSoql(soql, withDeleted)
  if (!parsed.ok) return salesforceError(400, parsed.code, parsed.message)
  const { object, fields, selection } = parsed.query
  if (fields.length === 0) return { object, fields, docs: [], count: org.table(object).count(selection.where) }
  const docs = org.table(object).select(selection)
  return { object, fields, docs, count: docs.length }
}
