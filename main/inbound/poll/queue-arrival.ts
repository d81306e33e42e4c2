import type { QueueRow } from '#main/connectors/connectwise/sql/queue-client.ts'
import type { Arrival, ArrivalItem } from '#shared/domain/arrival.ts'
import type { EventAction } from '#shared/domain/event.ts'
import type { SourceOf } from '#shared/domain/source.ts'

/** A row that became an item of an arrival, or why it can't. */
export type ReadRow =
  { readonly row: QueueRow; readonly item: ArrivalItem } | { readonly row: QueueRow; readonly problem: string }

/** The words of the triggers. */
const actions: Readonly<Record<string, EventAction>> = { added: 'created', updated: 'updated', deleted: 'deleted' }

/**
 * Reads a row of the queue in `database`. The event is thin: it says which record changed, and is fetched before it is mapped.
 * Its dedupe key is the row's own id, so a row that is leased twice is one event.
 */
export function readRow(row: QueueRow, database: string): ReadRow {
  const action = actions[row.action ?? '']
  if (row.entity === null || row.entity.trim() === '') return { row, problem: 'The row names no entity.' }
  if (row.recordId === null) return { row, problem: 'The row names no record.' }
  if (action === undefined) return { row, problem: `The row has an unknown action: ${row.action ?? 'none'}.` }
  const { id, entity, recordId, changedAt, changedBy } = row
  const body = { id, entity, rec_id: recordId, action: row.action, changed_at: toIso(changedAt), changed_by: changedBy }
  const item: ArrivalItem = {
    content: {
      recordId,
      entity,
      action,
      title: null,
      version: null,
      occurredAt: changedAt,
      actor: changedBy,
      ownMark: false,
      fields: null,
      full: false,
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
    dedupeKeys: [`cwq:${database}:${id}`],
  }
  return { row, item }
}

/** One arrival of all rows of a lease that could be read. */
export function toArrival(
  source: SourceOf<'connectwise-sql'>,
  items: readonly ArrivalItem[],
  { receivedAt, elapsedMs }: Required<Pick<Arrival, 'receivedAt' | 'elapsedMs'>>,
): Arrival {
  const { database, user } = source.settings
  return {
    sourceId: source.id,
    system: 'connectwise',
    via: 'queue',
    receivedAt,
    elapsedMs,
    contentType: 'application/json',
    headers: {},
    verifiedBy: `SQL Server login ${user} in ${database}`,
    items,
  }
}

function toIso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
