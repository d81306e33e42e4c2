import { ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { Json, RecordRef, RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'
import { isEmpty, sameJson } from '#shared/logic/json.ts'
import { compareVersions } from '#shared/logic/record-version.ts'
import type { PrepareInput, PreparePorts, Trace } from './prepared.ts'

/** The source record as the mapping is to read it. */
export interface SourceReading {
  readonly values: Values
  readonly isFull: boolean
  readonly version: string | null
  /** The counterpart that the record itself names; null also when the record was not fetched. */
  readonly crossReference: string | null
  /** The record as it was fetched; null when it was not. */
  readonly record: RemoteRecord | null
}

/**
 * Reads the source: the event's own values where they are whole and new enough, the fetched record otherwise. `gone`
 * when there is no such record any more, `stale` when nothing but older values is to be had.
 *
 * Where the record is fetched although the event carries values (to learn the counterpart that it names), the values as they
 * came still count, as long as the record is not newer; and they stand for themselves when the source does not show the
 * record (to this user).
 *
 * An event that is not provably newer than what was carried over before is not skipped but refetched: what it announces may have
 * been overtaken by a write of ours to the same record, and then nothing else would carry it.
 */
export async function readSource(
  input: PrepareInput,
  ref: RecordRef,
  link: Link | null,
  ports: PreparePorts,
  trace: Trace,
): Promise<Result<SourceReading | 'gone' | 'stale'>> {
  const { event } = input
  const sent = event.fields
  if (sent !== null && !needsFetch(input, link)) return ok(asItCame(input, sent, event.full))
  const fetched = await trace.time('refetch', () => ports.fetch(ref, 'refetch'))
  if (!fetched.ok) return fetched
  if (fetched.value === null) {
    if (sent === null || !standsForItself(input)) return ok('gone')
    const winner = link === null ? await trace.time('look-up', () => ports.findWinner(ref)) : ok(null)
    if (!winner.ok) return winner
    // A late event of a record that was merged away must not make its counterpart anew.
    if (winner.value !== null) return ok('gone')
    // Of a record that is not linked what came is all; beside a linked one, a part must not pass for the whole.
    return ok(isOlderThanLink(input, link) ? 'stale' : asItCame(input, sent, event.full || link === null))
  }
  const { crossReference, version } = fetched.value
  const current = withEmptied(fetched.value.values, ref.system, link)
  if (sent === null || !isStillCurrent(input, version)) {
    if (sent !== null && isPassedOver(input, sent, current)) trace.remark = passedOver
    return ok({ values: current, isFull: true, version, crossReference, record: fetched.value })
  }
  const values = { ...current, ...sent }
  return ok({ values, isFull: true, version: event.version ?? version, crossReference, record: fetched.value })
}

function asItCame({ event }: PrepareInput, sent: Values, isFull: boolean): SourceReading {
  return { values: sent, isFull, version: event.version, crossReference: null, record: null }
}

/** Whether the values that came with the event may be used although the record was fetched. */
function isStillCurrent({ event, mode, route }: PrepareInput, version: string | null): boolean {
  if (mode === 'as-received') return true
  if (route.refetch === 'always') return false
  const order = compareVersions(event.version, version)
  return order === null ? version === null && event.full : order > 0
}

const passedOver = "The event says no version, so the record's own values were used in place of the event's."

/** Whether values that came are left aside although they differ, only because the event does not say how new they are. */
function isPassedOver({ event, mode, route }: PrepareInput, sent: Values, current: Values): boolean {
  if (mode !== 'live' || event.version !== null || route.refetch === 'always') return false
  return Object.entries(sent).some(([field, value]) => {
    const now = current[field]
    return now !== undefined && !sameJson(now, value) && !(isEmpty(now) && isEmpty(value))
  })
}

/** Whether an event's values may be carried over although the source does not show its record. A deletion is believed. */
function standsForItself({ event, mode, route }: PrepareInput): boolean {
  return event.action !== 'deleted' && (mode === 'as-received' || route.refetch === 'when-thin')
}

/** Only then may values be used as they came: two changes within one second carry the same version, and some carry none. */
function isNewerThanLink({ event }: PrepareInput, link: Link): boolean {
  const order = compareVersions(event.version, link[event.system].version)
  return order !== null && order > 0
}

function isOlderThanLink({ event }: PrepareInput, link: Link | null): boolean {
  const order = link === null ? null : compareVersions(event.version, link[event.system].version)
  return order !== null && order < 0
}

function needsFetch(input: PrepareInput, link: Link | null): boolean {
  const { event, mode, route } = input
  // Only the record itself says which counterpart it was joined to, and a deletion is believed when it is seen.
  if (link === null || event.action === 'deleted' || event.action === 'restored') return true
  if (mode === 'as-received' && input.choices === undefined) return false
  if (mode === 'current' || input.choices !== undefined) return true
  return route.refetch === 'always' || !event.full || !isNewerThanLink(input, link)
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
