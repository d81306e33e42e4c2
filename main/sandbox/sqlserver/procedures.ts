import type { EventQueue } from './event-queue.ts'
import type { ProcedureCall } from './requests.ts'
import type { Column, ResultSet, SqlError } from './tokens.ts'
import type { SqlValue } from './values.ts'

/** What a request led to. */
export type Answer =
  { readonly ok: true; readonly results: readonly ResultSet[] } | { readonly ok: false; readonly error: SqlError }

interface Procedure {
  /** Names in their order; a default where the procedure has one. */
  readonly parameters: readonly { readonly name: string; readonly value?: SqlValue }[]
  /** Gets a value for each parameter, in order. */
  run(queue: EventQueue, values: readonly SqlValue[], now: number): Answer
}

/** The version that install.sql writes into `patchbay.setting`. */
const listenerVersion = '1'

/** The triggers of install.sql's standard tables. */
const triggers = [
  ['Company', 'company'],
  ['Contact', 'contact'],
  ['Contact_Communication', 'contact'],
  ['SO_Opportunity', 'opportunity'],
  ['SR_Service', 'ticket'],
]

const leaseColumns: readonly Column[] = [
  { name: 'lease_token', type: 'uniqueidentifier' },
  { name: 'id', type: 'uniqueidentifier' },
  { name: 'entity', type: 'nvarchar' },
  { name: 'rec_id', type: 'bigint' },
  { name: 'action', type: 'nvarchar' },
  { name: 'changed_at', type: 'datetime2' },
  { name: 'changed_by', type: 'nvarchar' },
  { name: 'attempts', type: 'int' },
]

/** The procedures of install.sql by name, in lower case. */
const procedures: Readonly<Record<string, Procedure>> = {
  'patchbay.lease_events': {
    parameters: [
      { name: 'batch_size', value: 100 },
      { name: 'lease_seconds', value: 60 },
    ],
    run: (queue, [batchSize, leaseSeconds], now) => {
      const size = Math.min(1_000, Math.max(1, Number(batchSize ?? 1)))
      const seconds = Math.min(86_400, Math.max(1, Number(leaseSeconds ?? 1)))
      const { token, rows } = queue.lease(size, seconds, now)
      const values = rows.map((row) => [
        token,
        row.id,
        row.entity,
        row.rec_id,
        row.action,
        row.changed_at,
        row.changed_by,
        row.attempts,
      ])
      return { ok: true, results: [{ columns: leaseColumns, rows: values }] }
    },
  },
  'patchbay.acknowledge_events': {
    parameters: [{ name: 'lease_token' }, { name: 'ids' }],
    run: (queue, [token, ids]) => {
      const list = readList(ids ?? null)
      if (list === null) return refused(13609, 16, 'JSON text is not properly formatted.', 'acknowledge_events')
      return counted('acknowledged', queue.acknowledge(text(token), list))
    },
  },
  'patchbay.set_aside_event': {
    parameters: [{ name: 'lease_token' }, { name: 'id' }, { name: 'error' }],
    run: (queue, [token, id, error]) =>
      counted('set_aside', queue.setAside(text(token), text(id), error === null ? null : text(error))),
  },
  'patchbay.queue_status': {
    parameters: [],
    run: (queue, _values, now) => {
      const { pending, leased, dead, oldest_at } = queue.counts(now)
      const columns: readonly Column[] = [
        { name: 'pending', type: 'int' },
        { name: 'leased', type: 'int' },
        { name: 'dead', type: 'int' },
        { name: 'oldest_at', type: 'datetime2' },
        { name: 'server_time', type: 'datetime2' },
        { name: 'listener_version', type: 'nvarchar' },
      ]
      return { ok: true, results: [{ columns, rows: [[pending, leased, dead, oldest_at, now, listenerVersion]] }] }
    },
  },
  'patchbay.trigger_status': {
    parameters: [],
    run: () => {
      const names = ['schema_name', 'table_name', 'entity', 'state', 'problem']
      const columns = names.map((name): Column => ({ name, type: 'nvarchar' }))
      const rows = triggers.map(([table, entity]) => ['dbo', table ?? '', entity ?? '', 'ok', null])
      return { ok: true, results: [{ columns, rows }] }
    },
  },
}

/** Runs a procedure as the server would, with its errors for unknown names and missing parameters. */
export function callProcedure(queue: EventQueue, call: ProcedureCall, now: number): Answer {
  const procedure = procedures[call.name.replaceAll(/[[\]]/g, '').toLowerCase()]
  if (procedure === undefined) return refused(2812, 16, `Could not find stored procedure '${call.name}'.`)
  const name = call.name.replace(/^.*\./, '')
  const values = procedure.parameters.map((parameter) => parameter.value)
  for (const [place, given] of call.parameters.entries()) {
    const at = given.name === '' ? place : procedure.parameters.findIndex((parameter) => parameter.name === given.name)
    if (at < 0 || at >= values.length) {
      return refused(8145, 16, `@${given.name} is not a parameter for procedure ${name}.`, name)
    }
    values[at] = given.value
  }
  const missing = procedure.parameters[values.indexOf(undefined)]
  if (missing !== undefined) {
    const message = `Procedure or function '${name}' expects parameter '@${missing.name}', which was not supplied.`
    return refused(201, 16, message, name)
  }
  return procedure.run(
    queue,
    values.map((value) => value ?? null),
    now,
  )
}

/** A refusal with the server's own number. */
export function refused(number: number, severity: number, message: string, procedure?: string): Answer {
  return { ok: false, error: { number, severity, message, ...(procedure === undefined ? {} : { procedure }) } }
}

function counted(name: string, count: number): Answer {
  return { ok: true, results: [{ columns: [{ name, type: 'int' }], rows: [[count]] }] }
}

function text(value: SqlValue | undefined): string {
  return String(value ?? '')
}

function readList(value: SqlValue): string[] | null {
  if (value === null) return []
  try {
    const list: unknown = JSON.parse(String(value))
    return Array.isArray(list) ? list.map(String) : null
  } catch {
    return null
  }
}
