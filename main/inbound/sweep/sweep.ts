import type { Clock } from '#main/base/clock.ts'
import type { RecordChange } from '#main/connectors/connector.ts'
import { readInstant } from '#main/inbound/parse/instant.ts'
import type { Store } from '#main/store/store.ts'
import type { Arrival, ArrivalItem } from '#shared/domain/arrival.ts'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { isKnown } from './known-change.ts'

/** How far a sweep reaches back behind the last one (ms): what was saved then may have become visible later. */
const overlapMs = 5 * 60_000
/** How old a change has to be (ms): until then its announcement is on its way. */
const graceMs = 2 * 60_000
/** Events of one commit. */
const atOnce = 500

export interface SweepPorts {
  readonly store: Store
  readonly journal: { append(arrival: Arrival): Promise<unknown> }
  readonly clock: Clock
  readonly system: SystemName
  readonly connectionId: ConnectionId
  /** To which source the events belong. */
  readonly sourceId: SourceId
  /** Asks the system itself; `since` is an instant in ISO. */
  readonly changedSince: (entity: string, since: string) => Promise<Result<readonly RecordChange[]>>
}

/**
 * Asks a system which records of a kind were changed since the last sweep, and stores an event for each change that nobody has announced.
 * Answers how many these were. Where there was no sweep before, it only remembers from when the next one is to look.
 *
 * The cursor follows the versions of records, so it goes by the clock of the system and not by ours; it moves with the commit of the last
 * event, so that a sweep that is cut short is done again.
 *
 * @throws when the events could not be stored.
 */
export async function sweep(entity: string, ports: SweepPorts): Promise<Result<number>> {
  const { store, clock, system } = ports
  const now = clock.now()
  const name = cursorName(ports.connectionId, entity)
  const cursor = readCursor(store, ports.connectionId, entity)
  if (cursor === null) {
    await append(ports, [], { name, value: new Date(now).toISOString() })
    return ok(0)
  }
  const changed = await ports.changedSince(entity, new Date(Date.parse(cursor) - overlapMs).toISOString())
  if (!changed.ok) return changed
  const settled = changed.value.filter(({ version }) => instantOf(version) <= now - graceMs)
  const missed = store.read((tx) => settled.filter((one) => !isKnown(tx, { system, entity, id: one.id }, one)))
  const newest = Math.max(Date.parse(cursor), ...settled.map(({ version }) => instantOf(version)))
  const moved = { name, value: new Date(newest).toISOString() }
  for (let from = 0; from < missed.length; from += atOnce) {
    const items = missed.slice(from, from + atOnce).map((one) => toItem(system, entity, one))
    await append(ports, items, from + atOnce < missed.length ? undefined : moved)
  }
  if (missed.length === 0 && moved.value !== cursor) await append(ports, [], moved)
  return ok(missed.length)
}

/** Up to which version a kind of record has been swept, as an instant in ISO; null before it is watched. */
export function readCursor(store: Store, connectionId: ConnectionId, entity: string): string | null {
  const name = cursorName(connectionId, entity)
  return store.read((tx) => tx.get<{ value: string }>('select value from cursors where name = ?', name))?.value ?? null
}

function cursorName(connectionId: ConnectionId, entity: string): string {
  return `sweep:${connectionId}:${entity}`
}

async function append(
  ports: SweepPorts,
  items: ArrivalItem[],
  cursor?: { name: string; value: string },
): Promise<void> {
  await ports.journal.append({
    sourceId: ports.sourceId,
    system: ports.system,
    via: 'sweep',
    receivedAt: ports.clock.now(),
    contentType: 'application/json',
    headers: {},
    verifiedBy: 'Patchbay itself: it asked what had changed, and nobody had announced this',
    items,
    ...(cursor === undefined ? {} : { cursor }),
  })
}

function toItem(system: SystemName, entity: string, { id, version, isDeleted }: RecordChange): ArrivalItem {
  const occurredAt = instantOf(version)
  const changedAt = new Date(occurredAt).toISOString()
  return {
    content: {
      recordId: id,
      entity,
      action: isDeleted ? 'deleted' : 'touched',
      title: null,
      version: changedAt,
      occurredAt,
      actor: null,
      ownMark: false,
      fields: null,
      full: false,
    },
    body: new TextEncoder().encode(JSON.stringify({ entity, id, changedAt, isDeleted })),
    dedupeKeys: [`sweep:${system}:${entity}:${id}:${changedAt}`],
  }
}

/** A version as ms since 1970; what can't be read is not settled yet. */
function instantOf(version: string): number {
  return readInstant(version) ?? Infinity
}
