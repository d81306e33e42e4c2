import { matchTerm, wantedStates } from '#main/store/replay-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryState } from '#shared/domain/delivery.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import type { ReplayReceipt, ReplaySelection } from '#shared/domain/replay.ts'
import { hasEnded } from './replay-candidate.ts'

type Refused = ReplayReceipt['refused'][number]

interface Row {
  readonly id: DeliveryId
  readonly state: DeliveryState
  readonly mode: string
}

/**
 * What an order names that leads to no delivery at all, each with a sentence that says why, and how to get it delivered again where it
 * can be. Without this, an order for an event that was delivered would seem to have been carried out.
 */
export function findAbsent(tx: Transaction, order: ReplaySelection): Refused[] {
  const { deliveryIds = [], eventIds = [], routeId } = order
  return [
    ...deliveryIds.map((id) => absentDelivery(tx, id, order.upTo)),
    ...eventIds.map((id) => absentEvent(tx, id, order)),
    routeId === undefined ? null : absentRoute(tx, routeId, order),
  ].filter((one) => one !== null)
}

function absentDelivery(tx: Transaction, id: DeliveryId, upTo = Infinity): Refused | null {
  if (tx.get('select 1 from deliveries where id = ?', id) === undefined)
    return { deliveryId: id, reason: `There is no delivery ${id}.` }
  return id <= upTo ? null : { deliveryId: id, reason: `Delivery ${id} ${laterThan}` }
}

const laterThan = 'came after the plan that the order names (upTo); make a new plan.'

function absentEvent(tx: Transaction, id: EventId, { states, upTo = Infinity }: ReplaySelection): Refused | null {
  // What was replayed is stood for by its replay.
  const rows = tx.all<Row>(
    'select id, state, mode from deliveries where event_id = ? and replayed_by is null order by id',
    id,
  )
  const wanted = rows.filter((row) => row.mode !== 'undo' && wantedStates({ states }).includes(row.state))
  if (wanted.some((row) => row.id <= upTo)) return null
  if (wanted.length > 0) return { eventId: id, reason: `What there is to replay of event ${id} ${laterThan}` }
  if (rows.length === 0) return { eventId: id, reason: undelivered(tx, id) }
  const told = rows.slice(0, 3).map(describe).join(', ')
  return { eventId: id, reason: `Event ${id} has ${nothingIn(states)}: ${told}.${wayOut(rows)}` }
}

function undelivered(tx: Transaction, id: EventId): string {
  const event = tx.get<{ routed_at: number | null }>('select routed_at from events where id = ?', id)
  if (event === undefined) return `There is no event ${id}.`
  const why = event.routed_at === null ? 'it has not been routed yet' : 'no route wanted it'
  return `Event ${id} has no delivery that could be made again: ${why}.`
}

function absentRoute(tx: Transaction, routeId: RouteId, { states, upTo }: ReplaySelection): Refused | null {
  const { sql, values } = matchTerm(tx, { routeId, states, upTo })
  const found = `select 1 from deliveries d join events e on e.id = d.event_id where ${sql} limit 1`
  if (tx.get(found, ...values) !== undefined) return null
  const isThere = tx.get('select 1 from routes where id = ?', routeId) !== undefined
  const reason = isThere ? `The route ${routeId} has ${nothingIn(states)}.` : `There is no route ${routeId}.`
  return { routeId, reason }
}

function nothingIn(states: ReplaySelection['states']): string {
  return states === undefined
    ? 'nothing that failed'
    : `nothing that ended as ${wantedStates({ states }).join(' or ')} and was not replayed already`
}

const words: Record<DeliveryState, string> = {
  pending: 'has not ended yet',
  leased: 'has not ended yet',
  waiting: 'has not ended yet',
  parked: 'waits for a person',
  delivered: 'was delivered',
  skipped: 'was skipped',
  dead: 'failed',
  cancelled: 'was cancelled',
}

function describe({ id, mode, state }: Row): string {
  return `delivery ${id}${mode === 'undo' ? ', an undo,' : ''} ${words[state]}`
}

function wayOut(rows: readonly Row[]): string {
  const ended = rows.filter((row) => hasEnded(row.state))
  const [one] = ended
  if (one === undefined) return ''
  const states = new Set(ended.filter((row) => row.mode !== 'undo').map((row) => row.state))
  const byState = states.size === 0 ? '' : `, or ask for the state ${[...states].join(' or ')} (states)`
  return ` To deliver it again all the same, name delivery ${one.id} (deliveryIds)${byState}.`
}
