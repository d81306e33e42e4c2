import type { Clock } from '#main/base/clock.ts'
import {
  discardSome,
  groupTerms,
  restoreDelivery,
  restoreSome,
  startDiscard,
  type Progress,
} from '#main/outcomes/discard.ts'
import type { DiscardOrder, Failures } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import { allTerms, among, matchAt, matchTerms, resolveMatch, type EventTerm } from '#main/store/event-match.ts'
import { failureTerms } from '#main/store/failure-match.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'

/** Dead letters looked at in one transaction, so that nobody waits behind a hundred thousand of them. */
const perStep = 500

/** Where people give up dead letters, and take that back. */
export class FailureDesk implements Failures {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async discard(order: DiscardOrder, who: string): ReturnType<Failures['discard']> {
    const ways = [order.group, order.filter, order.failures, order.deliveryIds].filter((one) => one !== undefined)
    if (ways.length !== 1)
      return {
        ok: false,
        code: 'INVALID',
        reason: 'Say what to discard: a group, what a filter finds, failures or deliveries.',
      }
    const at = this.#clock.now()
    const terms = this.#store.read((tx) => termsOf(tx, order, at))
    const discard = await this.#store.writeUrgent((tx) => startDiscard(tx, order.reason, { who, at }))
    const { changed } = await this.#inSteps((tx, after) => discardSome(tx, discard, terms, after, perStep))
    await this.#audit(who, 'discard', `discard ${discard.id}`, `${changed} dead letters. ${order.reason}`)
    return { ok: true, value: { discardId: discard.id, discarded: changed } }
  }

  async restore(
    { discardId, deliveryId }: Parameters<Failures['restore']>[0],
    who: string,
  ): ReturnType<Failures['restore']> {
    if (deliveryId !== undefined && discardId === undefined) return this.#restoreDelivery(deliveryId, who)
    if (discardId === undefined || deliveryId !== undefined)
      return { ok: false, code: 'INVALID', reason: 'Say what to restore: one discard, or one delivery.' }
    if (this.#store.read((tx) => tx.get('select 1 from discards where id = ?', discardId)) === undefined)
      return { ok: false, code: 'NOT_FOUND', reason: `There is no discard ${discardId}.` }
    const now = this.#clock.now()
    const { changed, kept } = await this.#inSteps((tx, after) => restoreSome(tx, discardId, after, perStep, now))
    await this.#audit(who, 'restore', `discard ${discardId}`, `${changed} dead letters.`)
    return { ok: true, value: { restored: changed, kept } }
  }

  async #restoreDelivery(id: DeliveryId, who: string): ReturnType<Failures['restore']> {
    const done = await this.#store.writeUrgent((tx) => restoreDelivery(tx, id, this.#clock.now()))
    if (done === null) return { ok: false, code: 'NOT_FOUND', reason: `The delivery ${id} is not discarded.` }
    await this.#audit(who, 'restore', `delivery ${id}`, `${done.changed} dead letters.`)
    return { ok: true, value: { restored: done.changed, kept: done.kept } }
  }

  async #inSteps(step: (tx: Transaction, after: number) => Progress): Promise<{ changed: number; kept: number }> {
    let after: number | null = 0
    const sum = { changed: 0, kept: 0 }
    while (after !== null) {
      const from: number = after
      const done: Progress = await this.#store.write((tx) => step(tx, from))
      sum.changed += done.changed
      sum.kept += done.kept
      after = done.after
    }
    return sum
  }

  #audit(who: string, action: string, subject: string, detail: string): Promise<void> {
    return this.#store.write((tx) => audit(tx, { at: this.#clock.now(), who, action, subject, detail }))
  }
}

function termsOf(tx: Transaction, { exclude, ...order }: DiscardOrder, now: number): readonly EventTerm[] {
  const left = exclude === undefined ? [] : [among('d.id', exclude)]
  return [...wantedTerms(tx, order, now), ...left.map(({ sql, values }) => ({ sql: `not (${sql})`, values }))]
}

function wantedTerms(tx: Transaction, order: DiscardOrder, now: number): readonly EventTerm[] {
  const { deliveryIds, failures, filter = {}, group } = order
  if (group !== undefined) return groupTerms(group)
  if (failures !== undefined) return failureTerms(failures, { delivery: 'd', event: 't' })
  if (deliveryIds !== undefined) return [among('d.id', deliveryIds)]
  const match = resolveMatch(tx, matchAt(filter, now))
  return match === null ? [{ sql: 'false', values: [] }] : allTerms(matchTerms(match))
}
