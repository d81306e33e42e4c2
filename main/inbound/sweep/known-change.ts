import type { RecordChange } from '#main/connectors/connector.ts'
import { findLink } from '#main/store/links.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { compareVersions } from '#shared/logic/record-version.ts'

/** Newest rows of a record that are looked at: what is missing is missing among the latest. */
const most = 20

/** Whether a change is in the journal already, was seen when the record was read, or was made by Patchbay itself. */
export function isKnown(tx: Transaction, ref: RecordRef, change: RecordChange): boolean {
  const link = findLink(tx, ref)
  // A deletion says something about a pair only, and nothing about one that has ended.
  if (change.isDeleted && (link === null || link.endedAt !== null)) return true
  const covers = (version: string | null): boolean => {
    const order = compareVersions(version, change.version)
    return order !== null && order >= 0
  }
  const events = versions(tx, 'events', ref, change.isDeleted ? "and action = 'deleted'" : '')
  if (events.some(covers)) return true
  return !change.isDeleted && (covers(link?.[ref.system].version ?? null) || versions(tx, 'writes', ref).some(covers))
}

function versions(tx: Transaction, table: 'events' | 'writes', { system, entity, id }: RecordRef, only = '') {
  return tx
    .all<{ version: string | null }>(
      `select version from ${table} where system = ? and entity = ? and record_id = ? ${only} order by id desc limit ${most}`,
      system,
      entity,
      id,
    )
    .map(({ version }) => version)
}
