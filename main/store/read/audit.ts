import type { Page } from '#shared/contract/page.ts'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { parseColumn } from './json.ts'
import { readPage, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

export interface AuditQuery extends Slice {
  readonly action?: string | undefined
  readonly who?: string | undefined
  /** Part of what it was done to, or of the detail. */
  readonly text?: string | undefined
}

type Row = Omit<AuditEntry, 'changes'> & { readonly changes: string | null }

/** Reads of what people did. */
export function auditReads(reading: Reading) {
  function listAudit(query: AuditQuery): Page<AuditEntry> {
    const tried: Term[] = [
      ...equals('action', query.action),
      ...equals('who', query.who),
      ...(query.text === undefined
        ? []
        : [{ sql: `instr(lower(t.subject || ' ' || t.detail), lower(?)) > 0`, values: [query.text] }]),
    ]
    const columns = 't.id, t.at, t.who, t.action, t.subject, t.detail, t.changes'
    return readPage<Row, AuditEntry>(
      reading,
      { table: 'audit', index: null, columns, found: [], tried },
      query,
      (row) => ({
        ...row,
        changes: parseColumn<AuditEntry['changes']>(row.changes, []),
      }),
    )
  }

  return { listAudit }
}

function equals(column: string, value: string | undefined): Term[] {
  return value === undefined ? [] : [{ sql: `t.${column} = ?`, values: [value] }]
}
