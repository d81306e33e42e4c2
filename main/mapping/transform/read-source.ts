import { ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { Json, RecordRef, SystemName, Values } from '#shared/domain/record.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { compareVersions } from '#shared/logic/record-version.ts'
import type { PrepareInput, PreparePorts, Trace } from './prepared.ts'

/** The source record as the mapping is to read it. */
export interface SourceReading {
  readonly values: Values
  readonly isFull: boolean
  readonly version: string | null
  /** The counterpart that the record itself names; null also when the record was not fetched. */
  readonly crossReference: string | null
}

/**
 * Reads the source: the event's own values where they are whole and new enough, the fetched record otherwise. Null when
 * the record is gone.
 *
 * An event older than what was carried over before is not skipped but refetched: what it announces may have been
 * overtaken by a write of ours to the same record, and then nothing else would carry it.
 */
export async function readSource(
  input: PrepareInput,
  ref: RecordRef,
  link: Link | null,
  ports: PreparePorts,
  trace: Trace,
): Promise<Result<SourceReading | null>> {
  const { event } = input
  const sent = input.mode === 'current' ? null : event.fields
  if (sent !== null && !needsFetch(input, link)) {
    return ok({ values: sent, isFull: event.full, version: event.version, crossReference: null })
  }
  const fetched = await trace.time('refetch', () => ports.fetch(ref, 'refetch'))
  if (!fetched.ok || fetched.value === null) return fetched.ok ? ok(null) : fetched
  const { crossReference, version } = fetched.value
  const current = withEmptied(fetched.value.values, ref.system, link)
  if (input.mode === 'as-received' && sent !== null) {
    return ok({ values: { ...current, ...sent }, isFull: true, version: event.version, crossReference })
  }
  return ok({ values: current, isFull: true, version, crossReference })
}

function needsFetch({ event, mode, route }: PrepareInput, link: Link | null): boolean {
  // Only the record itself says which counterpart it was joined to, and a deletion is believed when it is seen.
  if (link === null || event.action === 'deleted' || event.action === 'restored') return true
  if (mode === 'as-received') return false
  const order = compareVersions(event.version, link[event.system].version)
  return route.refetch === 'always' || !event.full || (order !== null && order < 0)
}

/** ConnectWise leaves out fields that are empty: one that was filled when last in step and is not there now was emptied. */
function withEmptied(values: Values, system: SystemName, link: Link | null): Values {
  if (system !== 'connectwise' || link === null) return values
  const emptied: Record<string, Json> = {}
  for (const [field, value] of Object.entries(link.connectwise.synced)) {
    if (values[field] === undefined && !isEmpty(value)) emptied[field] = null
  }
  return { ...values, ...emptied }
}
