import * as z from 'zod'

/** The two systems the bridge joins. */
export const systemName = z.enum(['salesforce', 'connectwise'])
export type SystemName = z.infer<typeof systemName>

/** How a system is called in a sentence for a technician. */
export const systemTitle: Record<SystemName, string> = {
  salesforce: 'Salesforce',
  connectwise: 'ConnectWise',
}

export function otherSystem(system: SystemName): SystemName {
  return system === 'salesforce' ? 'connectwise' : 'salesforce'
}

/**
 * Names one record in one system. `entity` is the system's own word: `Account`, `Contact`, `Opportunity`, `Case` in
 * Salesforce; `company`, `contact`, `opportunity`, `ticket` in ConnectWise. `id` is always text, also for ConnectWise numbers.
 */
export const recordRef = z.object({ system: systemName, entity: z.string(), id: z.string() })
export type RecordRef = z.infer<typeof recordRef>

/** One string for a record, used as lane name and in dedupe keys. */
export function recordKey(ref: RecordRef): string {
  return `${ref.system}:${ref.entity}:${ref.id}`
}

/** Reads a record's key back; null when it is none. Ids hold no colons. */
export function recordOfKey(key: string): RecordRef | null {
  const [system, entity = '', ...id] = key.split(':')
  const read = recordRef.safeParse({ system, entity, id: id.join(':') })
  return read.success && entity !== '' && read.data.id !== '' ? read.data : null
}

/** A record's values under the system's own field names. A key that is not there means "not known", null means "empty there". */
export const values = z.record(z.string(), z.json())
export type Values = z.infer<typeof values>
export type Json = z.infer<ReturnType<typeof z.json>>

/** A record as a system holds it at one moment. */
export interface RemoteRecord {
  readonly ref: RecordRef
  /** Grows with each change of the record: ISO instant of the last change (`SystemModstamp`, `_info.lastUpdated`). */
  readonly version: string | null
  /** Who changed it last, as the system names its users; null when the system does not say. */
  readonly changedBy: string | null
  readonly values: Values
  /** The record of the other system this one was created from or joined to, when the record itself says so. */
  readonly crossReference: string | null
  /** The id of the record of the same kind that this one was merged into, when it says so and is still shown. */
  readonly mergedInto?: string | null
}
