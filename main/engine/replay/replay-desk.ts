import { findAbsent } from '#main/outcomes/replay-absent.ts'
import { asksForMany, orderReplay, type Order } from '#main/outcomes/replay.ts'
import { cancelReplay, pauseReplay, resumeReplay, startReplay, type NotNow } from '#main/outcomes/replay-control.ts'
import type { Commanded, Replays } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import type { ReplayCriteria } from '#main/store/replay-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ReplayId } from '#shared/domain/ids.ts'
import { fixSelection } from '#shared/logic/fixed-times.ts'
import type { ReplayReceipt, ReplayRequest, UndoRequest } from '#shared/domain/replay.ts'
import { ReplayFeeder, type FeederPorts } from './replay-feeder.ts'
import { previewReplay, type PreviewPorts } from './replay-preview.ts'

export interface DeskPorts extends PreviewPorts, FeederPorts {}

const commands = { pause: pauseReplay, resume: resumeReplay, cancel: cancelReplay } as const

const refusals: Record<NotNow, string> = {
  'not-found': 'There is no such replay.',
  ended: 'The replay has ended; nothing of it is left to be sent.',
  'not-running': 'The replay is paused already.',
  'not-paused': 'The replay is not paused.',
}

/** Where people order replays and undo them. Each order is checked, stored and audited in one transaction. */
export class ReplayDesk implements Replays {
  readonly #ports: DeskPorts
  readonly #feeder: ReplayFeeder

  constructor(ports: DeskPorts) {
    this.#ports = ports
    this.#feeder = new ReplayFeeder(ports)
  }

  /** Goes on with what runs; to be called at the start, and when the database can be written to again. */
  wake(): void {
    this.#feeder.wake()
  }

  /** Deliveries have ended, so that there may be room for more. */
  kick(): void {
    this.#feeder.kick()
  }

  /** Finishes the transaction under way. */
  stop(): Promise<void> {
    return this.#feeder.stop()
  }

  preview(order: Parameters<Replays['preview']>[0]): ReturnType<Replays['preview']> {
    return previewReplay(order, this.#ports)
  }

  async order(request: ReplayRequest, who: string): Promise<Commanded<ReplayReceipt>> {
    const unfit = unfitRequest(request)
    if (unfit !== null) return { ok: false, code: 'INVALID', reason: unfit }
    const receipt = await this.#write((tx, now) => {
      const isLater = runsInBackground(request) || asksForMany(tx, request)
      const ordered = isLater ? startLater(tx, request, { who, at: now }) : orderReplay(tx, request, { who, at: now })
      const extent = isLater ? 'in the background' : `${ordered.deliveryIds.length} deliveries`
      const detail = `${extent}, ${request.mode}. ${request.note}`.trim()
      audit(tx, { at: now, who, action: 'replay', subject: `replay ${ordered.replayId}`, detail })
      return ordered
    })
    return { ok: true, value: receipt }
  }

  async undo(request: UndoRequest, who: string): Promise<Commanded<ReplayId>> {
    const { deliveryId, note, rate, replayId } = request
    if ((deliveryId === undefined) === (replayId === undefined)) {
      return { ok: false, code: 'INVALID', reason: 'Say what to undo: one delivery, or one replay.' }
    }
    const id = await this.#write((tx, now) => {
      if (!isThere(tx, request)) return null
      const criteria: ReplayCriteria =
        replayId === undefined ? { deliveryIds: deliveryId === undefined ? [] : [deliveryId] } : { ofReplay: replayId }
      const started = startReplay(tx, { mode: 'undo', note, rate: rate ?? null, criteria }, { who, at: now })
      const what = replayId === undefined ? `delivery ${deliveryId}` : `replay ${replayId}`
      audit(tx, { at: now, who, action: 'undo', subject: what, detail: `As replay ${started}. ${note}`.trim() })
      return started
    })
    if (id === null) return { ok: false, code: 'NOT_FOUND', reason: 'What is to be undone is not there.' }
    return { ok: true, value: id }
  }

  async control(id: ReplayId, what: keyof typeof commands, who: string): Promise<Commanded<null>> {
    const refused = await this.#write((tx, now) => {
      const answer = commands[what](tx, id, now)
      if (answer === null) audit(tx, { at: now, who, action: `${what}-replay`, subject: `replay ${id}` })
      return answer
    })
    if (refused === null) return { ok: true, value: null }
    return { ok: false, code: refused === 'not-found' ? 'NOT_FOUND' : 'CONFLICT', reason: refusals[refused] }
  }

  async #write<T>(work: (tx: Transaction, now: number) => T): Promise<T> {
    const result = await this.#ports.store.writeUrgent((tx) => work(tx, this.#ports.clock.now()))
    this.#feeder.wake()
    return result
  }
}

function isThere(tx: Transaction, { deliveryId, replayId }: UndoRequest): boolean {
  if (deliveryId !== undefined) return tx.get('select 1 from deliveries where id = ?', deliveryId) !== undefined
  return replayId !== undefined && tx.get('select 1 from replays where id = ?', replayId) !== undefined
}

/** Named deliveries that can't be replayed become items that say so; what is refused here leads to no item. */
function startLater(tx: Transaction, request: ReplayRequest, by: Order): ReplayReceipt {
  const { mode, note, rate, payload: _payload, ...selection } = request
  const criteria = fixSelection(selection, by.at)
  const replayId = startReplay(tx, { mode, note, rate: rate ?? null, criteria }, by)
  return { replayId, deliveryIds: [], refused: findAbsent(tx, request) }
}

/** What asks for a pace or for more than can be named is worked off item by item; the rest is done before the answer. */
function runsInBackground({ eventFilter, exclude, failures, filter, rate, upTo }: ReplayRequest): boolean {
  return [eventFilter, exclude, failures, filter, rate, upTo].some((one) => one !== undefined)
}

/** What is wrong with an order, in a sentence; null when nothing is. */
function unfitRequest(request: ReplayRequest): string | null {
  const { deliveryIds = [], eventFilter, eventIds = [], failures, filter, mode, payload, routeId } = request
  const isNamed = deliveryIds.length + eventIds.length > 0
  if (!isNamed && [eventFilter, failures, filter, routeId].every((one) => one === undefined)) {
    return 'Say what to replay: deliveries, events, a route or a filter.'
  }
  if (mode !== 'edited') return payload === undefined ? null : 'A payload goes with the mode "edited" only.'
  if (payload === undefined) return 'The mode "edited" needs a payload: the fields to be sent.'
  const isOne = deliveryIds.length === 1 && eventIds.length === 0 && routeId === undefined
  return isOne && !runsInBackground(request) ? null : 'An edited payload belongs to one delivery: name that one alone.'
}
