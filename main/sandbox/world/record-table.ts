import type { Database, Statement } from 'better-sqlite3'
import type { Doc } from './world.ts'

/** A piece of SQL over one record table together with its parameters. */
export interface SqlPart {
  readonly text: string
  readonly parameters: readonly (string | number | null)[]
}

/** Which records, in which order, how many. Absent: all of them by id. */
export interface Selection {
  readonly where?: SqlPart
  readonly order?: string
  readonly limit?: number
  readonly offset?: number
}

/** All records of one entity. */
export interface RecordTable {
  readonly name: string
  get(id: string | number): Doc | null
  /** Adds or replaces. `parent` is the record that owns this one, for notes and statuses. */
  put(id: string | number, doc: Doc, parent?: number | null): void
  remove(id: string | number): void
  select(selection: Selection): Doc[]
  count(where?: SqlPart): number
  /** The record found at `fraction` (0 up to 1) of the table; null when it is empty. */
  pick(fraction: number): Doc | null
}

/** Where a path of the record stands, as an expression that an index of `openRecordTable` serves. */
export function fieldExpression(path: string, from = 'doc'): string {
  return `(${from} ->> '$.${path}')`
}

/** The id of a record of either system, as text. */
export function idOf(doc: Doc): string {
  const id = doc['Id'] ?? doc['id']
  return typeof id === 'string' || typeof id === 'number' ? String(id) : ''
}

const preparedAtMost = 500

/**
 * Opens a table of JSON documents. `indexes` are paths looked up often; text is compared without regard to case, as both
 * systems do. A value inside an array is found through `arrayValues`.
 */
export function openRecordTable(
  database: Database,
  name: string,
  options: {
    readonly id: 'TEXT' | 'INTEGER'
    readonly indexes?: readonly string[]
    readonly arrays?: readonly string[]
  },
): RecordTable {
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${name}" (id ${options.id} PRIMARY KEY, parent INTEGER, doc TEXT NOT NULL) STRICT;
     CREATE INDEX IF NOT EXISTS "${name}.parent" ON "${name}" (parent) WHERE parent IS NOT NULL`,
  )
  for (const path of options.indexes ?? []) {
    database.exec(`CREATE INDEX IF NOT EXISTS "${name}.${path}" ON "${name}" (${fieldExpression(path)} COLLATE NOCASE)`)
  }
  const arrays = arrayIndex(database, name, options.arrays ?? [])
  const one = database.prepare<[string | number], { doc: string }>(`SELECT doc FROM "${name}" WHERE id = ?`)
  const put = database.prepare(
    `INSERT INTO "${name}" (id, parent, doc) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`,
  )
  const remove = database.prepare(`DELETE FROM "${name}" WHERE id = ?`)
  const last = database.prepare<[], { last: number | null }>(`SELECT max(rowid) AS last FROM "${name}"`)
  const from = database.prepare<[number], { doc: string }>(
    `SELECT doc FROM "${name}" WHERE rowid >= ? ORDER BY rowid LIMIT 1`,
  )
  const prepared = new Map<string, Statement<(string | number | null)[]>>()

  function statement(text: string): Statement<(string | number | null)[]> {
    const known = prepared.get(text)
    if (known !== undefined) return known
    if (prepared.size >= preparedAtMost) prepared.clear()
    const made = database.prepare<(string | number | null)[]>(text)
    prepared.set(text, made)
    return made
  }

  /** By id; but an indexed condition goes before the order of the table, which the planner would rather walk whole. */
  function orderFor(where: SqlPart | undefined): string {
    const isIndexed = (options.indexes ?? []).some((path) => where?.text.includes(fieldExpression(path)))
    return isIndexed ? '+id' : 'id'
  }

  return {
    name,
    get: (id) => {
      const row = one.get(id)
      return row === undefined ? null : (JSON.parse(row.doc) as Doc)
    },
    put: (id, doc, parent = null) => {
      put.run(id, parent, JSON.stringify(doc))
      arrays.put(id, doc)
    },
    remove: (id) => {
      remove.run(id)
      arrays.remove(id)
    },
    select: ({ where, order = orderFor(where), limit = -1, offset = 0 }) => {
      const rows = statement(
        `SELECT doc FROM "${name}" WHERE ${where?.text ?? 'TRUE'} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ).all(...(where?.parameters ?? []), limit, offset)
      return (rows as { doc: string }[]).map((row) => JSON.parse(row.doc) as Doc)
    },
    count: (where) => {
      const row = statement(`SELECT count(*) AS n FROM "${name}" WHERE ${where?.text ?? 'TRUE'}`).get(
        ...(where?.parameters ?? []),
      )
      return (row as { n: number }).n
    },
    pick: (fraction) => {
      const end = last.get()?.last ?? null
      const row = end === null ? undefined : from.get(Math.floor(fraction * end) + 1)
      return row === undefined ? null : (JSON.parse(row.doc) as Doc)
    },
  }
}

/** SQL for "one of the elements of an array holds this value", answered by an index. */
export function arrayValues(table: string, value: string): SqlPart {
  return { text: `id IN (SELECT record FROM "${table}.values" WHERE value = ?)`, parameters: [value] }
}

/** Keeps the `value` of each array element (communication items, custom fields) in a side table that an index serves. */
function arrayIndex(database: Database, name: string, paths: readonly string[]) {
  if (paths.length === 0) return { put: () => undefined, remove: () => undefined }
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${name}.values" (record INTEGER NOT NULL, value TEXT NOT NULL COLLATE NOCASE) STRICT;
     CREATE INDEX IF NOT EXISTS "${name}.values.value" ON "${name}.values" (value);
     CREATE INDEX IF NOT EXISTS "${name}.values.record" ON "${name}.values" (record)`,
  )
  const clear = database.prepare(`DELETE FROM "${name}.values" WHERE record = ?`)
  const add = database.prepare(`INSERT INTO "${name}.values" (record, value) VALUES (?, ?)`)
  return {
    put: (id: string | number, doc: Doc): void => {
      clear.run(id)
      for (const path of paths) {
        const elements = doc[path]
        if (!Array.isArray(elements)) continue
        for (const element of elements as readonly Doc[]) {
          if (typeof element['value'] === 'string') add.run(id, element['value'])
        }
      }
    },
    remove: (id: string | number): void => void clear.run(id),
  }
}
