import { randomUUID } from 'node:crypto'
import type { Clock } from '#main/base/clock.ts'
import { laneOf, refreshHead } from '#main/queue/lanes.ts'
import { enqueue } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { EventAction } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { chooseRoutes } from './choose-routes.ts'

/** Events routed in one transaction. */
const batch = 200

export interface RouterPorts {
  readonly store: Store
  readonly clock: Clock
  readonly routes: () => readonly Route[]
  readonly onBug: (error: unknown) => void
}

interface EventRow {
  id: EventId
  system: SystemName
  entity: string
  record_id: string
  action: EventAction
  version: string | null
  own_mark: number
  content: string | null
}

/**
 * Gives each stored event its deliveries, one for each route that wants it, together with the mark that it was routed.
 *
 * The rows without that mark are the list of what is to be done; a crash in between loses nothing.
 */
export class Router {
  readonly #ports: RouterPorts
  #busy: Promise<void> | null = null
  #kicked = false
  #stopped = false

  constructor(ports: RouterPorts) {
    this.#ports = ports
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
        const routed = await this.#ports.store.writeLight((tx) => this.#routeBatch(tx))
        if (routed === batch) this.#kicked = true
      }
    } catch (thrown) {
      this.#ports.onBug(thrown)
    } finally {
      this.#busy = null
    }
  }

  #routeBatch(tx: Transaction): number {
    const events = tx.all<EventRow>(
      `select e.id, e.system, e.entity, e.record_id, e.action, e.version, e.own_mark, p.content
       from events e join payloads p on p.event_id = e.id where e.routed_at is null order by e.id limit ${batch}`,
    )
    const now = this.#ports.clock.now()
    const routes = this.#ports.routes()
    for (const event of events) routeEvent(tx, event, routes, now)
    return events.length
  }
}

function routeEvent(tx: Transaction, event: EventRow, routes: readonly Route[], now: number): void {
  tx.notes.events.add(event.id)
  if (event.own_mark === 1 && isOwnWrite(tx, event)) {
    return end(tx, event.id, 'skipped', 'This is the echo of a change that Patchbay made itself.', now)
  }
  const fields = event.content === null ? null : (JSON.parse(event.content) as Values)
  const chosen = chooseRoutes(routes, { system: event.system, entity: event.entity, action: event.action, fields })
  if (chosen.length === 0) return end(tx, event.id, 'unmatched', 'No route wants this event.', now)
  const lane = laneOf(tx, { system: event.system, entity: event.entity, id: event.record_id })
  for (const route of chosen) {
    if (route.coalesce) absorbOlder(tx, lane, route, event.id, now)
    enqueue(tx, {
      eventId: event.id,
      routeId: route.id,
      connectionId: route.connectionId,
      lane,
      priority: priority.live,
      mode: 'live',
      idempotencyKey: randomUUID(),
      createdAt: now,
    })
  }
  tx.run(`update events set state = 'open', routed_at = ? where id = ?`, now, event.id)
}

function end(tx: Transaction, id: EventId, state: 'skipped' | 'unmatched', note: string, now: number): void {
  tx.run('update events set state = ?, note = ?, routed_at = ?, ended_at = ? where id = ?', state, note, now, now, id)
}

/** An event with our mark is an echo when it speaks of the very version that our last write to the record made. */
function isOwnWrite(tx: Transaction, event: EventRow): boolean {
  if (event.version === null) return false
  const last = tx.get<{ version: string | null }>(
    'select version from writes where system = ? and entity = ? and record_id = ? order by id desc limit 1',
    event.system,
    event.entity,
    event.record_id,
  )
  return last?.version === event.version
}

/** Lets the newcomer stand for older updates of the record that nobody has started on; each says so. */
function absorbOlder(tx: Transaction, lane: string, route: Route, eventId: EventId, now: number): void {
  const rows = tx.all<{ id: number; event_id: EventId }>(
    `update deliveries set state = 'skipped', ended_at = ?, note = ?
     where lane = ? and route_id = ? and state = 'pending' and attempt_count = 0 and mode = 'live'
       and event_id in (select id from events where action in ('updated', 'touched'))
     returning id, event_id`,
    now,
    `A newer change of the same record (event ${eventId}) was sent in its place.`,
    lane,
    route.id,
  )
  refreshHead(tx, lane)
  for (const row of rows) {
    tx.notes.events.add(row.event_id)
    tx.run(
      `update events set state = 'skipped', ended_at = ?, note = 'A newer change of the same record was sent in its place.'
            where id = ? and not exists (select 1 from deliveries where event_id = ? and state not in ('skipped', 'cancelled'))`,
      now,
      row.event_id,
      row.event_id,
    )
  }
}
