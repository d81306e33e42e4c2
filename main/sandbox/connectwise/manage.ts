import { randomUUID } from 'node:crypto'
import { openRecordTable } from '#main/sandbox/world/record-table.ts'
import type { RecordTable } from '#main/sandbox/world/record-table.ts'
import type { Announcement } from '#main/sandbox/web/control.ts'
import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc, World } from '#main/sandbox/world/world.ts'
import { catalogueRecords } from './catalogue.ts'
import { invalidObject, recordNotFound } from './errors.ts'
import type { Complaint } from './errors.ts'
import { announcedEntities, connectwiseEntities } from './schema.ts'
import type { ConnectWiseEntity } from './schema.ts'
import { complain, takeValue } from './values.ts'
import type { Resolve } from './values.ts'

/** Who changes a record, and by which way the change is told. */
export interface ChangedBy {
  /** Login name of the member. */
  readonly member: string
  readonly via: Announcement
}

export interface ConnectWiseChange {
  readonly entity: string
  readonly id: number
  readonly action: 'added' | 'updated' | 'deleted'
  /** The record afterwards; before, for a deletion. */
  readonly doc: Doc
  readonly by: ChangedBy
}

export type Saved = { readonly ok: true; readonly doc: Doc } | { readonly ok: false; readonly answer: WebAnswer }

/** The records of the simulated ConnectWise, with its checks; every change of an announced entity is announced. */
export interface Manage {
  table(entity: ConnectWiseEntity): RecordTable
  create(entity: ConnectWiseEntity, sent: Doc, by: ChangedBy, parent?: number | null): Saved
  /** Sets the given fields; with `reset`, all others go back to empty, as PUT does. */
  update(entity: ConnectWiseEntity, id: number, sent: Doc, by: ChangedBy, reset?: boolean): Saved
  remove(entity: ConnectWiseEntity, id: number, by: ChangedBy): WebAnswer | null
  /** Merges a record into another one: a company is gone then, a ticket stays and names its parent. */
  merge(entity: ConnectWiseEntity, winner: number, loser: number, by: ChangedBy): Saved
  /** Puts a record in, checked but unannounced, as of an earlier instant; for the first population. */
  plant(entity: ConnectWiseEntity, sent: Doc, member: string, at: number): Doc
}

/** Whole seconds are all that ConnectWise keeps of an instant. */
export function connectwiseInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** Opens the tables in the world; `announce` is called inside the transaction of each change. */
export function openManage(world: World, announce: (change: ConnectWiseChange) => void): Manage {
  const tables = new Map<string, RecordTable>()
  for (const entity of connectwiseEntities.values()) tables.set(entity.name, openTable(world, entity))

  function table(entity: ConnectWiseEntity): RecordTable {
    return tableOf(entity.name)
  }

  function tableOf(name: string): RecordTable {
    const found = tables.get(name)
    if (found === undefined) throw new Error(`no table for ${name}`)
    return found
  }

  if (world.setting('connectwise.catalogue') === null) {
    for (const { entity, id, parent, values } of catalogueRecords()) {
      tableOf(entity).put(
        id,
        { id, ...values, _info: { lastUpdated: '2024-01-01T00:00:00Z', updatedBy: 'zadmin' } },
        parent,
      )
    }
    world.keep('connectwise.catalogue', true)
  }

  /** Statuses belong to a board: the same name is another record on another board. */
  function resolverFor(board: number | null): Resolve {
    return (to, given) => {
      const target = tableOf(to)
      const parent = to === 'status' ? board : null
      const found = typeof given['id'] === 'number' ? target.get(given['id']) : byName(target, given, parent)
      if (found === null || (parent !== null && boardOf(found) !== parent)) return null
      return toReference(to, found)
    }
  }

  function check(entity: ConnectWiseEntity, sent: Doc, before: Doc, isCreate: boolean): Saved {
    const doc: Doc = { ...before }
    const complaints: Complaint[] = []
    const fields = [...entity.fields.values()].sort((one, other) => rank(one.name) - rank(other.name))
    for (const field of fields) {
      const given = sent[field.name]
      if (given === undefined || field.readOnly || (field.createOnly && !isCreate)) continue
      const taken = takeValue(entity, field, given, resolverFor(boardOf(doc)))
      if (taken.ok) doc[field.name] = taken.value
      else complaints.push(taken.complaint)
    }
    for (const field of fields) {
      const isEmpty = (doc[field.name] ?? null) === null
      if (!field.required || !isEmpty || complaints.some((one) => one.field === field.name)) continue
      complaints.push(complain(entity, 'MissingRequiredField', `${field.name} is required.`, field.name))
    }
    if (complaints.length === 0) complaints.push(...further(entity, doc, sent))
    if (complaints.length > 0) return { ok: false, answer: invalidObject(entity.name, complaints) }
    return { ok: true, doc }
  }

  /** Checks that look at more than one field or record. */
  function further(entity: ConnectWiseEntity, doc: Doc, sent: Doc): Complaint[] {
    if (entity.name === 'company' && 'identifier' in sent) {
      const other = byName(tableOf('company'), { identifier: doc['identifier'] ?? null }, null)
      if (other === null || other['id'] === doc['id']) return []
      return [
        complain(entity, 'ObjectExists', `Company ID ${String(doc['identifier'])} is already in use.`, 'identifier'),
      ]
    }
    if (entity.name === 'ticket') {
      const status = refId(doc['status'])
      const found = status === null ? null : tableOf('status').get(status)
      if (found !== null && boardOf(found) === boardOf(doc)) return []
      return [complain(entity, 'InvalidReference', 'The status does not belong to the board.', 'status')]
    }
    return []
  }

  function store(entity: ConnectWiseEntity, checked: Doc, parent: number | null, member: string, at: number): Doc {
    const id = world.nextNumber(`connectwise.${entity.name}`, 0)
    const instant = connectwiseInstant(at)
    const info = { lastUpdated: instant, updatedBy: member, dateEntered: instant, enteredBy: member }
    const doc: Doc = { ...checked, id, _info: info }
    numberCommunications(doc)
    derive(entity, doc)
    table(entity).put(id, doc, parent)
    return doc
  }

  function numberCommunications(doc: Doc): void {
    const items = doc['communicationItems']
    if (!Array.isArray(items)) return
    doc['communicationItems'] = (items as readonly Doc[]).map((item) =>
      item['id'] === null ? { ...item, id: world.nextNumber('connectwise.communication', 0) } : item,
    )
  }

  function derive(entity: ConnectWiseEntity, doc: Doc): void {
    if (entity.name === 'callback')
      Object.assign(doc, { payloadVersion: '3.0.0', signingKey: doc['signingKey'] ?? randomUUID() })
    if (entity.name !== 'ticket') return
    doc['closedFlag'] = tableOf('status').get(refId(doc['status']) ?? 0)?.['closedStatus'] === true
  }

  function prepared(entity: ConnectWiseEntity, sent: Doc): Saved {
    const empty = emptyDoc(entity)
    const board = entity.name === 'ticket' ? (resolverFor(null)('board', asDoc(sent['board'])) ?? { id: 1 }) : null
    const defaults = defaultsOf(entity.name, refId(board), world.clock.now(), tableOf)
    return check(entity, { ...defaults, ...sent }, empty, true)
  }

  /** The initial texts of a ticket become its first notes, where the real system shows them. */
  function addInitialNotes(ticket: Doc, by: ChangedBy): void {
    const noteEntity = entityOf('note')
    const kinds = [
      ['initialDescription', 'detailDescriptionFlag'],
      ['initialInternalAnalysis', 'internalAnalysisFlag'],
      ['initialResolution', 'resolutionFlag'],
    ] as const
    for (const [from, flag] of kinds) {
      const text = ticket[from]
      if (typeof text !== 'string') continue
      const note: Doc = { ...emptyDoc(noteEntity), ticketId: ticket['id'] ?? null, text, [flag]: true }
      store(noteEntity, note, Number(ticket['id']), by.member, world.clock.now())
    }
  }

  function tell(entity: ConnectWiseEntity, action: ConnectWiseChange['action'], doc: Doc, by: ChangedBy): void {
    if (announcedEntities.includes(entity.name))
      announce({ entity: entity.name, id: Number(doc['id']), action, doc, by })
  }

  function create(entity: ConnectWiseEntity, sent: Doc, by: ChangedBy, parent: number | null = null): Saved {
    const checked = prepared(entity, sent)
    if (!checked.ok) return checked
    const owned = entity.name === 'note' ? { ...checked.doc, ticketId: parent } : checked.doc
    const doc = store(entity, owned, parent, by.member, world.clock.now())
    if (entity.name === 'ticket') addInitialNotes(doc, by)
    tell(entity, 'added', doc, by)
    return { ok: true, doc }
  }

  function update(entity: ConnectWiseEntity, id: number, sent: Doc, by: ChangedBy, reset = false): Saved {
    const before = table(entity).get(id)
    if (before === null) return { ok: false, answer: recordNotFound(entity.name, id) }
    const ground = reset ? { ...emptyDoc(entity), id, _info: before['_info'] ?? null } : before
    const checked = check(entity, sent, ground, false)
    if (!checked.ok) return checked
    const doc = checked.doc
    doc['_info'] = {
      ...asDoc(before['_info']),
      lastUpdated: connectwiseInstant(world.clock.now()),
      updatedBy: by.member,
    }
    numberCommunications(doc)
    derive(entity, doc)
    table(entity).put(id, doc)
    tell(entity, 'updated', doc, by)
    return { ok: true, doc }
  }

  function remove(entity: ConnectWiseEntity, id: number, by: ChangedBy): WebAnswer | null {
    const before = table(entity).get(id)
    if (before === null) return recordNotFound(entity.name, id)
    table(entity).remove(id)
    tell(entity, 'deleted', before, by)
    return null
  }

  function merge(entity: ConnectWiseEntity, winner: number, loser: number, by: ChangedBy): Saved {
    const [kept, merged] = [table(entity).get(winner), table(entity).get(loser)]
    if (kept === null) return { ok: false, answer: recordNotFound(entity.name, winner) }
    if (merged === null || winner === loser) return { ok: false, answer: recordNotFound(entity.name, loser) }
    if (entity.name === 'ticket') {
      table(entity).put(loser, { ...merged, mergedParentTicket: { id: winner, name: kept['summary'] ?? null } })
      update(entity, loser, {}, by)
    } else remove(entity, loser, by)
    return update(entity, winner, {}, by)
  }

  function plant(entity: ConnectWiseEntity, sent: Doc, member: string, at: number): Doc {
    const checked = prepared(entity, sent)
    if (!checked.ok) throw new Error(`the first population is wrong: ${JSON.stringify(checked.answer.body)}`)
    const doc = store(entity, checked.doc, null, member, at)
    if (entity.name === 'ticket') addInitialNotes(doc, { member, via: 'both' })
    return doc
  }

  return { table, create, update, remove, merge, plant }
}

/** The definition of an entity that is known to be there. */
export function entityOf(name: string): ConnectWiseEntity {
  const found = connectwiseEntities.get(name)
  if (found === undefined) throw new Error(`no entity ${name}`)
  return found
}

function openTable(world: World, entity: ConnectWiseEntity): RecordTable {
  const arrays = ['customFields', 'communicationItems'].filter((name) => entity.fields.has(name))
  return openRecordTable(world.database, `connectwise.${entity.name}`, {
    id: 'INTEGER',
    indexes: entity.indexes,
    arrays,
  })
}

/** The board decides over the status, so it is taken first. */
function rank(field: string): number {
  return field === 'board' ? 0 : 1
}

function emptyDoc(entity: ConnectWiseEntity): Doc {
  const empty: Doc = {}
  for (const field of entity.fields.values()) {
    const isList = field.kind === 'references' || field.kind === 'tags' || field.kind === 'communications'
    empty[field.name] = field.kind === 'boolean' ? false : isList ? [] : null
    if (field.kind !== 'custom') continue
    const taken = takeValue(entity, field, [], () => null)
    empty[field.name] = taken.ok ? taken.value : []
  }
  return empty
}

/** What the system fills in when a new record does not say it. */
function defaultsOf(entity: string, board: number | null, now: number, tableOf: (name: string) => RecordTable): Doc {
  switch (entity) {
    case 'company':
      return { status: { id: 1 } }
    case 'opportunity': {
      const inAMonth = new Date(now + 30 * 24 * 3_600_000).toISOString()
      return { stage: { id: 1 }, status: { id: 1 }, expectedCloseDate: inAMonth, locationId: 2, businessUnitId: 10 }
    }
    case 'ticket': {
      const where = { text: `parent = ? AND (doc ->> '$.defaultFlag') = 1`, parameters: [board ?? 1] }
      const [status] = tableOf('status').select({ where, limit: 1 })
      return {
        board: { id: board ?? 1 },
        status: { id: status?.['id'] ?? null },
        priority: { id: 3 },
        recordType: 'ServiceTicket',
      }
    }
    default:
      return {}
  }
}

function byName(table: RecordTable, given: Doc, parent: number | null): Doc | null {
  const key = typeof given['identifier'] === 'string' ? 'identifier' : 'name'
  const value = given[key]
  if (typeof value !== 'string') return null
  const own = parent === null ? '' : ' AND parent = ?'
  const where = {
    text: `(doc ->> '$.${key}') COLLATE NOCASE = ?${own}`,
    parameters: parent === null ? [value] : [value, parent],
  }
  return table.select({ where, limit: 1 })[0] ?? null
}

function toReference(entity: string, doc: Doc): Doc {
  const id = doc['id'] ?? null
  if (entity === 'contact') {
    const name = [doc['firstName'], doc['lastName']].filter((part) => typeof part === 'string').join(' ')
    return { id, name }
  }
  const name = doc['name'] ?? null
  return typeof doc['identifier'] === 'string' ? { id, identifier: doc['identifier'], name } : { id, name }
}

function asDoc(value: unknown): Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Doc) : {}
}

function refId(value: unknown): number | null {
  const { id } = asDoc(value)
  return typeof id === 'number' ? id : null
}

function boardOf(doc: Doc): number | null {
  return refId(doc['board'])
}
