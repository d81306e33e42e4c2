import { readFileSync } from 'node:fs'

/** A table of the ConnectWise database whose changes are queued. */
export interface WatchedTable {
  readonly schema: string
  readonly table: string
  /** The integer column that holds the record's id; for a part, the id of the record it belongs to. */
  readonly key: string
  /** What the record is called in Patchbay. */
  readonly entity: string
  /** True where a row is only a part of the record, as a phone number is of a contact. */
  readonly isPart: boolean
  /** The bit column that marks a row as deleted while it stays in the table. */
  readonly deleteFlag: string | null
}

export interface ListenerSettings {
  /** The API member that Patchbay writes as; its changes are not queued. */
  readonly apiMember: string
  /** The database login that Patchbay polls with. */
  readonly login: string
  readonly tables?: readonly WatchedTable[]
}

/** A script for the administrator to read and run; Patchbay never runs it. */
export interface ListenerScript {
  readonly name: string
  readonly purpose: string
  readonly text: string
}

/** The tables behind companies, contacts, opportunities and tickets (names as in on-premises ConnectWise databases). */
export const standardTables: readonly WatchedTable[] = [
  record('Company', 'Company_RecID', 'company', 'Delete_Flag'),
  record('Contact', 'Contact_RecID', 'contact'),
  { ...record('Contact_Communication', 'Contact_RecID', 'contact'), isPart: true },
  record('SO_Opportunity', 'Opportunity_RecID', 'opportunity'),
  record('SR_Service', 'SR_Service_RecID', 'ticket'),
]

function record(table: string, key: string, entity: string, deleteFlag: string | null = null): WatchedTable {
  return { schema: 'dbo', table, key, entity, isPart: false, deleteFlag }
}

/**
 * The listener's scripts with their configuration blocks filled in. Every value goes in as a quoted string; where one
 * serves as a name, the script brackets it itself (QUOTENAME), so no value can become a statement.
 */
export function listenerScripts(settings: ListenerSettings): readonly ListenerScript[] {
  const login: Filling = { opening: 'DECLARE @login_name nvarchar(128) = ', values: [`${quoted(settings.login)};`] }
  const member: Filling = {
    opening: 'DECLARE @api_member nvarchar(100) = ',
    values: [`${quoted(settings.apiMember)};`],
  }
  const tables: Filling = { opening: watchedOpening, values: (settings.tables ?? standardTables).map(watchedRow) }
  return [
    {
      name: 'install.sql',
      purpose:
        'Adds the queue, its procedures and a small trigger on each watched table. May be run again at any time.',
      text: fill('install.sql', [member, login, tables]),
    },
    {
      name: 'verify.sql',
      purpose: 'Shows whether all is in place, the text of each trigger and the rights of the login. Changes nothing.',
      text: fill('verify.sql', [login]),
    },
    {
      name: 'uninstall.sql',
      purpose: 'Removes the triggers and everything else that install.sql has added.',
      text: fill('uninstall.sql', [login]),
    },
  ]
}

/** The lines of a configuration block that begin with `opening`, and what is to follow it, one line for each value. */
interface Filling {
  readonly opening: string
  readonly values: readonly string[]
}

const watchedOpening =
  'INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES '

function watchedRow(table: WatchedTable): string {
  const names = [table.schema, table.table, table.key, table.entity].map(quoted).join(', ')
  return `(${names}, ${table.isPart ? 1 : 0}, ${table.deleteFlag === null ? 'NULL' : quoted(table.deleteFlag)});`
}

/** A Unicode string literal. A line break in it could end the batch early (a line that reads GO), so none stays. */
function quoted(value: string): string {
  return `N'${value.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').replaceAll("'", "''")}'`
}

function fill(file: string, fillings: readonly Filling[]): string {
  const waiting = new Set(fillings)
  const filled: string[] = []
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    const filling = fillings.find(({ opening }) => line.startsWith(opening))
    if (filling === undefined) filled.push(line)
    else if (waiting.delete(filling)) filled.push(...filling.values.map((value) => filling.opening + value))
  }
  if (waiting.size > 0) throw new Error(`${file} has no place for its configuration`)
  return filled.join('\n')
}
