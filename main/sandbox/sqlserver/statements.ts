import type { EventQueue } from './event-queue.ts'
import { callProcedure, refused, type Answer } from './procedures.ts'
import type { ProcedureCall } from './requests.ts'
import type { SqlValue } from './values.ts'

const version = 'Microsoft SQL Server 2022 (simulated by the Patchbay sandbox)'

/**
 * Answers the few texts that a client of the queue sends: session settings, `SELECT @@VERSION`, a number, and EXEC of a
 * procedure. Tables are out of reach, as they are for the real login.
 */
export function runText(sql: string, values: ReadonlyMap<string, SqlValue>, queue: EventQueue, now: number): Answer {
  const text = sql.trim().replace(/[\s;]+$/, '')
  if (text === '' || /^(set\s[^;]*(;|\n|$)\s*)+$/i.test(text)) return { ok: true, results: [] }
  if (/^select\s+@@version$/i.test(text)) {
    return { ok: true, results: [{ columns: [{ name: '', type: 'nvarchar' }], rows: [[version]] }] }
  }
  const constant = /^select\s+(\d{1,9})(?:\s+as\s+\[?(\w+)\]?)?$/i.exec(text)
  if (constant !== null) {
    const column = { name: constant[2] ?? '', type: 'int' } as const
    return { ok: true, results: [{ columns: [column], rows: [[Number(constant[1])]] }] }
  }
  const called = readExec(text, values)
  if (called !== null) return callProcedure(queue, called, now)
  const denied = /^(select|insert|update|delete)\b.*?\b(?:patchbay\]?\.\[?)(\w+)/is.exec(text)
  if (denied !== null) {
    const [, verb = '', table = ''] = denied
    return refused(
      229,
      14,
      `The ${verb.toUpperCase()} permission was denied on the object '${table}', schema 'patchbay'.`,
    )
  }
  return refused(50_000, 16, 'The simulated server runs the procedures of the patchbay schema only.')
}

/** Reads `EXEC name @parameter = value, ...`; null when the text is not one. */
function readExec(text: string, values: ReadonlyMap<string, SqlValue>): ProcedureCall | null {
  const exec = /^exec(?:ute)?\s+([\w.[\]]+)\s*(.*)$/is.exec(text)
  if (exec === null) return null
  const [, name = '', list = ''] = exec
  const pattern = /(?:@(\w+)\s*=\s*)?(?:N?'((?:[^']|'')*)'|(-?\d+)|(null)|@(\w+))\s*(?:,\s*|$)/giy
  const parameters: { name: string; value: SqlValue }[] = []
  let end = 0
  for (const match of list.matchAll(pattern)) {
    const [whole, parameter = '', quoted, number, , variable] = match
    const literal = quoted === undefined ? (number === undefined ? null : Number(number)) : quoted.replaceAll("''", "'")
    parameters.push({ name: parameter, value: variable === undefined ? literal : (values.get(variable) ?? null) })
    end = match.index + whole.length
  }
  return end < list.length ? null : { name, parameters }
}
