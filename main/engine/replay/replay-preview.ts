import { toError } from '#main/base/errors.ts'
import { prepare } from '#main/mapping/transform/prepare.ts'
import type { Preparation, PreparePorts } from '#main/mapping/transform/prepared.ts'
import { loadDelivery, type WorkItem } from '#main/outbound/work-item.ts'
import { loadCandidate, refusalReason, type Candidate } from '#main/outcomes/replay-candidate.ts'
import { loadBeforeImage } from '#main/outcomes/replay-undo.ts'
import { laneOf } from '#main/queue/lanes.ts'
import { findLink } from '#main/store/links.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { ReplayMode, ReplayPreview } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Relay } from '#main/relay.ts'
import type { CarryOutPorts } from '../deliver/try-job.ts'
import type { Line } from '../deliver/line.ts'
import { prepareUndo } from './replay-undo.ts'
import { describePrepared } from './replay-verdict.ts'

export type PreviewPorts = Pick<CarryOutPorts, 'store' | 'clock' | 'configuration' | 'lines'>
type Order = Parameters<Relay['replays']['preview']>[0]

/** Records prepared at once, and the longest that one may take (ms). */
const atOnce = 4
const timeoutMs = 30_000

/**
 * Runs the transform of each delivery as its replay would, against both systems as they are now, and tells what it would write.
 * Nothing is written, and what the calls meet moves no breaker.
 */
export async function previewReplay(order: Order, ports: PreviewPorts): Promise<readonly ReplayPreview[]> {
  const previews: ReplayPreview[] = []
  for (let at = 0; at < order.deliveryIds.length; at += atOnce) {
    const some = order.deliveryIds.slice(at, at + atOnce).map((id) => previewOne(id, order, ports))
    for (const preview of await Promise.all(some)) if (preview !== null) previews.push(preview)
  }
  return previews
}

async function previewOne(id: DeliveryId, order: Order, ports: PreviewPorts): Promise<ReplayPreview | null> {
  const found = ports.store.read((tx) => {
    const candidate = loadCandidate(tx, id)
    const item = loadDelivery(tx, id)
    if (candidate === undefined || item === null) return null
    return { candidate, item, refusal: refusalReason(tx, candidate) }
  })
  if (found === null) return null
  const { candidate, item, refusal } = found
  const record: RecordRef = { system: candidate.system, entity: candidate.entity, id: candidate.record_id }
  const base = { deliveryId: id, routeId: candidate.route_id, record, title: item.event.title, destination: null }
  const route = ports.configuration.routes.find((one) => one.id === item.routeId)
  if (route === undefined || refusal !== null) return { ...base, kind: 'refused', changes: [], sentence: refusal }
  const stop = heldSentence(route, ports)
  if (stop !== null) return { ...base, kind: 'unknown', changes: [], sentence: stop }
  try {
    const { facts, result } = await dryRun(candidate, item, route, order, ports)
    return { ...base, ...describePrepared(result, facts, record) }
  } catch (thrown) {
    const sentence = `Patchbay itself failed while it prepared the change: ${toError(thrown).message}`
    return { ...base, kind: 'will-fail', changes: [], sentence }
  }
}

/** A connection that is held is not asked: a dry run is no reason to disturb a system that is down or asked for a pause. */
function heldSentence(route: Route, { clock, lines }: PreviewPorts): string | null {
  for (const id of [route.sourceConnectionId, route.connectionId]) {
    const line = lines.get(id)
    if (line === undefined) return `There is no connection ${id}.`
    const { gate, connection } = line
    const now = clock.now()
    const hold = gate.holding(now, 'read')
    if (hold !== null && gate.slots(now, 'read') === 0) return `${connection.name} can't be asked now. ${hold.reason}`
  }
  return null
}

async function dryRun(
  candidate: Candidate,
  item: WorkItem,
  route: Route,
  { mode, payload }: Order,
  ports: PreviewPorts,
): Promise<Preparation> {
  const version = mode === 'as-received' ? (candidate.mapping_version ?? candidate.last_version) : null
  const mapping = ports.configuration.mapping(route.mappingId, version)
  const event = payload === undefined ? item.event : { ...item.event, fields: payload, version: null }
  const source: RecordRef = { system: event.system, entity: event.entity, id: event.recordId }
  const input = { event, route, mapping: mapping.document, mode: transformMode(mode) }
  const asking = askingPorts(route, source, ports)
  const { undoOf } = item
  if (undoOf !== null) {
    const image = ports.store.read((tx) => loadBeforeImage(tx, undoOf))
    return prepareUndo({ source, image, mapping: mapping.document }, asking)
  }
  const lane = ports.store.read((tx) => laneOf(tx, source))
  const first = await prepare({ ...input, lane }, asking)
  if (!first.result.ok || first.result.value.kind !== 'wait-lane') return first
  return prepare({ ...input, lane: first.result.value.lane }, asking)
}

function transformMode(mode: ReplayMode): 'as-received' | 'current' {
  return mode === 'edited' ? 'as-received' : mode
}

/** Lets the transform ask both systems, and hold nothing. */
function askingPorts(route: Route, source: RecordRef, { clock, lines, store }: PreviewPorts): PreparePorts {
  const signal = AbortSignal.timeout(timeoutMs)
  const lineOf = (system: RecordRef['system']): Line => {
    const id = system === source.system ? route.sourceConnectionId : route.connectionId
    const line = lines.get(id)
    if (line === undefined) throw new Error(`there is no connection ${id}`)
    return line
  }
  const there = lineOf(source.system === 'salesforce' ? 'connectwise' : 'salesforce').connector
  const look = { purpose: 'look-up' as const, signal, record: () => {} }
  return {
    clock,
    findLink: (ref) => store.read((tx) => findLink(tx, ref)),
    fetch: (ref, purpose) => lineOf(ref.system).connector.fetch(ref.entity, ref.id, { ...look, purpose }),
    findByCrossReference: (entity, foreignId) => there.findByCrossReference(entity, foreignId, look),
    findByField: (entity, field, value) => there.findByField(entity, field, value, look),
    findWinner: (ref) => lineOf(ref.system).connector.findWinner(ref.entity, ref.id, look),
    holdKeys: () => Promise.resolve(null),
  }
}
