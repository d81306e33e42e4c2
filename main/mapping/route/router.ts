import { randomUUID } from 'node:crypto'
import type { Clock } from '#main/base/clock.ts'
import { laneOf, refreshHead } from '#main/queue/lanes.ts'
import { enqueue } from '#main/queue/queue.ts'
import { echoNote, takeEcho } from '#main/store/own-writes.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { EventAction } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { compareVersions } from '#shared/logic/record-version.ts'
import { chooseRoutes } from './choose-routes.ts'
import { RoutePace } from './pace.ts'

/** Events routed in one transaction. */
const batch = 200
/** Bytes of bodies read for it: large ones are read one at a time, so that they are never in memory together. */
const batchBytes = 8 * 1024 * 1024

export interface RouterPorts {
  readonly store: Store
  readonly clock: Clock
  readonly routes: () => readonly Route[]
  /** Works out an event's state anew after one of its deliveries has ended here. */
  readonly refreshEvent: (tx: Transaction, eventId: EventId, now: number) => void
  readonly onBug: (error: unknown) => void
}

interface EventRow {
  id: EventId
  source_id: string
  system: SystemName
  entity: string
  record_id: string
  action: EventAction
  version: string | null
  own_mark: number
  fields_kind: 'none' | 'part' | 'full'
  size: number
}

/**
 * Gives each stored event its deliveries, one for each route that wants it, together with the mark that it was routed.
 *
 * The rows without that mark, which are still `stored`, are the list of what is to be done; a crash in between loses nothing.
 */
export class Router {
  readonly #ports: RouterPorts
  readonly #pace: RoutePace
  #busy: Promise<void> | null = null
  #kicked = false
  #stopped = false

  constructor(ports: RouterPorts) {
    this.#ports = ports
    this.#pace = new RoutePace(ports.clock)
  }

  /** There may be events to route. */
  kick(): void {
    this.#kicked = true
    if (this.#busy === null && !this.#stopped) this.#busy = this.#work()
  }

  /** Finishes the batch under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#busy
  }

  async #work(): Promise<void> {
    try {
      while (this.#kicked && !this.#stopped) {
        this.#kicked = false
        const isAll = await this.#ports.store.writeLight((tx) => this.#routeBatch(tx))
        if (!isAll) this.#kicked = true
      }
    } catch (thrown) {
      this.#ports.onBug(thrown)
    } finally {
      this.#busy = null
    }
  }

  /** Answers whether that was all. */
  #routeBatch(tx: Transaction): boolean {
    const events = tx.all<EventRow>(
      `select e.id, e.source_id, e.system, e.entity, e.record_id, e.action, e.version, e.own_mark, e.fields_kind, e.size
       from events e where e.state = 'stored' order by e.id limit ${batch}`,
    )
    const now = this.#ports.clock.now()
    const routes = this.#ports.routes()
    let bytes = 0
    for (const [index, event] of events.entries()) {
      bytes += event.size
      if (index > 0 && bytes > batchBytes) return false
      routeEvent(tx, event, routes, now, this.#ports.refreshEvent, this.#pace)
    }
    return events.length < batch
  }
}

function routeEvent(
  tx: Transaction,
  event: EventRow,
  routes: readonly Route[],
  now: number,
  refreshEvent: RouterPorts['refreshEvent'],
  pace: RoutePace,
): void {
  tx.notes.events.add(event.id)
  const ref = { system: event.system, entity: event.entity, id: event.record_id }
  if (event.own_mark === 1 && takeEcho(tx, { id: event.id, ref, version: event.version }, readFields(tx, event.id))) {
    return end(tx, event, 'skipped', echoNote, now)
  }
  const chosen = routesFor(tx, event, routes)
  if (chosen.length === 0) return end(tx, event, 'unmatched', 'No route wants this event.', now)
  const lane = laneOf(tx, ref)
  for (const route of chosen) {
    if (route.coalesce) absorbOlder(tx, lane, route, event, now, refreshEvent)
    const availableAt = pace.take(tx, route, now)
    const id = enqueue(tx, {
      eventId: event.id,
      routeId: route.id,
      connectionId: route.connectionId,
      lane,
      priority: route.priority === 'low' ? priority.backfill : priority.live,
      mode: 'live',
      idempotencyKey: randomUUID(),
      createdAt: now,
      availableAt,
    })
    if (availableAt > now) tx.run('update deliveries set note = ? where id = ?', paceNote(route), id)
  }
  tx.run(`update events set state = 'open', routed_at = ? where id = ?`, now, event.id)
}

function paceNote({ name, ratePerMinute }: Route): string {
  return `It waits for its turn: the route "${name}" begins ${ratePerMinute} deliveries a minute.`
}

function end(tx: Transaction, event: EventRow, state: 'skipped' | 'unmatched', note: string, now: number): void {
  tx.run(
    'update events set state = ?, note = ?, routed_at = ?, ended_at = ? where id = ?',
    state,
    note,
    now,
    now,
    event.id,
  )
  tx.notes.measures.push({ what: state === 'skipped' ? 'echoes' : 'unmatched', sourceId: event.source_id })
}

/** Most events are settled by their entity and action; the values are read only for a route whose conditions speak of them. */
function routesFor(tx: Transaction, event: EventRow, routes: readonly Route[]): readonly Route[] {
  const { system, entity, action } = event
  const possible = chooseRoutes(routes, { system, entity, action, fields: null })
  if (possible.every(({ match }) => match.conditions.length === 0)) return possible
  return chooseRoutes(possible, { system, entity, action, fields: readFields(tx, event.id) })
}

function readFields(tx: Transaction, id: EventId): Values | null {
  const content = tx.get<{ content: string | null }>('select content from payloads where event_id = ?', id)?.content
  return content === null || content === undefined ? null : (JSON.parse(content) as Values)
}

interface Waiting {
  readonly id: number
  readonly event_id: EventId
  readonly version: string | null
}

/**
 * Lets the newcomer stand for older updates of the record that nobody has started on; each says so. One with an intent was cut short
 * while it was being sent: only its own next try knows what the other side may hold of ours.
 */
function absorbOlder(
  tx: Transaction,
  lane: string,
  route: Route,
  event: EventRow,
  now: number,
  refreshEvent: RouterPorts['refreshEvent'],
): void {
  if (!isUpdate(event.action)) return
  // The list of states is what lets the lane's partial index be used: without it each event would search the route's whole past.
  const waiting = tx.all<Waiting>(
    `select d.id, d.event_id, e.version from deliveries d indexed by deliveries_lane join events e on e.id = d.event_id
     where d.lane = ? and d.state in ('pending', 'leased', 'waiting', 'parked') and d.state = 'pending'
       and d.route_id = ? and d.attempt_count = 0 and d.intent is null and d.mode = 'live' and e.action in ('updated', 'touched')`,
    lane,
    route.id,
  )
  for (const row of waiting) {
    if (!standsFor(event, row, route)) continue
    tx.run(
      `update deliveries set state = 'skipped', ended_at = ?, note = ? where id = ?`,
      now,
      `A newer change of the same record (event ${event.id}) was sent in its place.`,
      row.id,
    )
    refreshEvent(tx, row.event_id, now)
  }
  refreshHead(tx, lane)
}

function isUpdate(action: EventAction): boolean {
  return action === 'updated' || action === 'touched'
}

/** Arriving later is not being newer: only what will be refetched, or says a newer version, carries the older change too. */
function standsFor(newcomer: EventRow, older: Waiting, route: Route): boolean {
  if (newcomer.fields_kind !== 'full' || route.refetch === 'always') return true
  const order = compareVersions(newcomer.version, older.version)
  return order !== null && order > 0
}
