import type { Page } from '#shared/contract/page.ts'
import type { Choice, Conflict, ConflictField } from '#shared/domain/conflict.ts'
import type { DeliveryId, EventId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { parseColumn } from './json.ts'
import { readPage, type Listing, type Slice } from './page.ts'
import type { Reading } from './reading.ts'

interface FieldRow extends Omit<ConflictField, 'salesforce' | 'connectwise' | 'choice'> {
  readonly salesforce: string
  readonly connectwise: string
  readonly choice: string | null
}

interface ConflictRow {
  readonly id: DeliveryId
  readonly eventId: EventId
  readonly system: SystemName
  readonly entity: string
  readonly recordId: string
  readonly title: string | null
  readonly note: string | null
}

/** Parked deliveries with a field that nobody has chosen yet. */
const open: Listing = {
  table: 'deliveries',
  index: 'deliveries_by_state',
  columns: 't.id, t.event_id as eventId, e.system, e.entity, e.record_id as recordId, e.title, t.note',
  join: 'join events e on e.id = t.event_id',
  found: [{ sql: `t.state = 'parked'`, values: [] }],
  tried: [{ sql: 'exists (select 1 from conflicts c where c.delivery_id = t.id and c.choice is null)', values: [] }],
}

/** The fields of a delivery that wait, or waited, for a person. */
export function conflictsOf(reading: Reading, id: DeliveryId): ConflictField[] {
  const sql = `select field, salesforce, connectwise, choice, chosen_by as chosenBy, chosen_at as chosenAt
    from conflicts where delivery_id = ? order by field`
  return reading.all<FieldRow>(sql, id).map((row) => ({
    ...row,
    salesforce: parseColumn(row.salesforce, null),
    connectwise: parseColumn(row.connectwise, null),
    choice: parseColumn<Choice | null>(row.choice, null),
  }))
}

/** Reads of what waits for a person's choice. */
export function conflictReads(reading: Reading) {
  function listConflicts(slice: Slice): Page<Conflict> {
    return readPage<ConflictRow, Conflict>(reading, open, slice, (row) => ({
      deliveryId: row.id,
      eventId: row.eventId,
      record: { system: row.system, entity: row.entity, id: row.recordId },
      title: row.title,
      note: row.note,
      fields: conflictsOf(reading, row.id),
    }))
  }
  return { listConflicts }
}
