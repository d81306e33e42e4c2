import type { Link } from '#shared/domain/link.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { recordKey } from '#shared/domain/record.ts'

/**
 * The lane that a record's deliveries run in, one at a time. Both directions of a linked pair share the lane of its
 * Salesforce record; a ConnectWise record that is not linked yet has its own, until prepare finds its counterpart.
 */
export function laneOf(record: RecordRef, link: Link | null): string {
  if (record.system === 'salesforce' || link === null) return recordKey(record)
  return recordKey({ system: 'salesforce', entity: link.salesforce.entity, id: link.salesforce.id })
}
