import type { EventAction } from './event.ts'
import type { EventId, SourceId } from './ids.ts'
import type { ValuesFrom } from './mapping-draft.ts'
import type { SystemName, Values } from './record.ts'

/** What is known of a record from one of its events, without asking its system. */
export interface EventRecord {
  readonly eventId: EventId
  readonly sourceId: SourceId
  readonly system: SystemName
  readonly entity: string
  readonly recordId: string
  readonly action: EventAction
  readonly title: string | null
  readonly receivedAt: number
  /** Null: the event said nothing but that something happened, and no delivery has read the record for it. */
  readonly values: Values | null
  readonly valuesFrom: Exclude<ValuesFrom, 'source'>
  /** `values` is the whole record and not just an extract. */
  readonly isFull: boolean
}
