import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '#main/base/clock.ts'
import { withinBound } from '#main/base/bounded.ts'
import { loadChannel, noteFailure, noteSent } from '#main/store/channels.ts'
import {
  dueNotifications,
  holdChannel,
  nextNotificationAt,
  recordFailed,
  recordRetry,
  recordSent,
  releaseChannel,
  type DueNotification,
} from '#main/store/notification-queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Channel } from '#shared/domain/channel.ts'
import type { ChannelId, NotificationId } from '#shared/domain/ids.ts'
import { begin } from './bring-up-to-date.ts'
import type { ChannelSender, OutgoingMessage, SendFailure, Sent } from './channels/channel.ts'
import { giveUpMs, waitMs } from './retry-wait.ts'

/** How long a stop waits for messages under way (ms); what takes longer is sent again at the next start, under the same id. */
const drainMs = 2_000
/** The longest sleep (ms): clocks are set, and machines sleep. */
const longestSleepMs = 60_000
/** After a result that could not be written down, the wait before the next try to (ms). */
const usualWriteAgainMs = 5_000

export interface NotifierPorts {
  readonly store: Pick<Store, 'read' | 'write'>
  readonly clock: Clock
  /** Whether the disk takes what sending has to write down; a message whose beginning can't be is not sent. */
  readonly mayWrite: () => boolean
  /** The way to send through a channel as it is set up, or why there is none. */
  readonly open: (channel: Channel) => ChannelSender | SendFailure
  /** The whole address that opens the console at a place; null where there is none to give. */
  readonly linkTo: (hash: string) => string | null
  /** Draws from [0, 1). */
  readonly random: () => number
  /** ms before a result that could not be written down is written again; 5 s unless told otherwise. */
  readonly writeAgainMs?: number
  readonly onBug: (error: unknown) => void
}

/**
 * Tells people: sends what waits in the notifications, one at a time to each channel, so that a channel in trouble holds up no other.
 *
 * The row is the job. It is marked as begun before the sending and as sent after it, so a crash in between sends it again, word for word and
 * under the same id; never the other way round. A result that can't be written down is kept and written later, and nothing else goes to that channel until then.
 */
export class Notifier {
  readonly #ports: NotifierPorts
  readonly #busy = new Map<ChannelId, Promise<void>>()
  readonly #receipts = new Map<NotificationId, (sent: Sent) => void>()
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(ports: NotifierPorts) {
    this.#ports = ports
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return this.#busy.size === 0
  }

  /** There may be something to send. */
  kick(): void {
    const { store, clock, mayWrite, onBug } = this.#ports
    if (this.#isStopped || !mayWrite()) return
    try {
      const due = store.read((tx) => dueNotifications(tx, clock.now()))
      for (const one of due) if (!this.#busy.has(one.channelId)) this.#begin(one)
      const next = store.read((tx) => nextNotificationAt(tx, [...this.#busy.keys()]))
      this.#plan(next === null ? null : next - clock.now())
    } catch (thrown) {
      onBug(thrown)
      this.#plan(longestSleepMs)
    }
  }

  /** What becomes of the first attempt at a notification that was stored just now. */
  receipt(id: NotificationId): Promise<Sent> {
    if (this.#isStopped) return Promise.resolve(stopped)
    return new Promise((resolve) => this.#receipts.set(id, resolve))
  }

  /** Begins nothing more, and gives what is under way two seconds. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const underWay = Promise.all(this.#busy.values())
    if (!(await withinBound(underWay, drainMs))) {
      this.#stop.abort()
      await underWay
    }
    for (const resolve of this.#receipts.values()) resolve(stopped)
  }

  #begin(one: DueNotification): void {
    const run = this.#run(one).catch(this.#ports.onBug)
    const ended = run.finally(() => {
      this.#busy.delete(one.channelId)
      this.kick()
    })
    this.#busy.set(one.channelId, ended)
  }

  async #run(one: DueNotification): Promise<void> {
    const known = this.#ports.store.read((tx) => loadChannel(tx, one.channelId))
    const off = offReason(known?.channel ?? null, one)
    if (known === null || off !== null) {
      await this.#write((tx) => recordFailed(tx, one.id, off ?? '', false))
      return
    }
    const now = this.#ports.clock.now()
    const fresh = await this.#write((tx) => begin(tx, one, now))
    if (fresh === null) return
    const result = await this.#send(known.channel, fresh)
    // Stopped in the middle: whether it arrived is not known, so the next start sends it again.
    if (!result.ok && this.#stop.signal.aborted) return
    await this.#write((tx) => this.#record(tx, one, result))
    this.#receipts.get(one.id)?.(result)
    this.#receipts.delete(one.id)
  }

  async #send(channel: Channel, one: DueNotification): Promise<Sent> {
    try {
      const sender = this.#ports.open(channel)
      return 'ok' in sender ? sender : await sender.send(this.#outgoing(one), this.#stop.signal)
    } catch (thrown) {
      this.#ports.onBug(thrown)
      return { ok: false, sentence: 'Something went wrong inside Patchbay; its log has more.', fix: null, again: true }
    }
  }

  #outgoing({ id, message, ...one }: DueNotification): OutgoingMessage {
    // With the time it was made, as numbers begin anew in another database.
    const wireId = `msg_${one.madeAt.toString(36)}_${id}`
    const { reason, alertIds, madeAt, reached } = one
    const link = this.#ports.linkTo(message.hash)
    return { ...message, notificationId: id, id: wireId, reason, alertIds, madeAt, reached, link }
  }

  #record(tx: Transaction, one: DueNotification, result: Sent): void {
    const now = this.#ports.clock.now()
    if (result.ok) {
      recordSent(tx, one.id, now)
      noteSent(tx, one.channelId, now)
      return releaseChannel(tx, one.channelId, now)
    }
    const { sentence, again, retryAt = 0, reached = one.reached } = result
    noteFailure(tx, one.channelId, now, result)
    const nextAt = Math.max(now + waitMs(one.attempts + 1, this.#ports.random), retryAt)
    if (!again || one.reason === 'test') return recordFailed(tx, one.id, sentence, true)
    if (nextAt > Math.max(one.notBefore, one.madeAt) + giveUpMs)
      return recordFailed(tx, one.id, `${sentence} Patchbay gave it up after a day.`, true)
    recordRetry(tx, one.id, { failure: sentence, nextAt, reached })
    holdChannel(tx, one.channelId, nextAt)
  }

  /** Nothing that has been sent is sent again because its result could not be written: it is kept until it can. Null once it was stopped. */
  async #write<T>(work: (tx: Transaction) => T): Promise<T | null> {
    for (;;) {
      try {
        return await this.#ports.store.write(work)
      } catch (thrown) {
        this.#ports.onBug(thrown)
        if (this.#isStopped) return null
        await wait(this.#ports.writeAgainMs ?? usualWriteAgainMs, undefined, {
          signal: this.#stop.signal,
          ref: false,
        }).catch(() => undefined)
      }
    }
  }

  #plan(inMs: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (inMs === null || this.#isStopped) return
    this.#timer = setTimeout(() => this.kick(), Math.min(Math.max(inMs, 1), longestSleepMs)).unref()
  }
}

const stopped: Sent = { ok: false, sentence: 'Patchbay was stopped meanwhile.', fix: null, again: true }

/** Why a notification has nowhere to go. A test may go through a channel that is switched off. */
function offReason(channel: Channel | null, { reason }: DueNotification): string | null {
  if (channel === null) return 'The channel was removed before this was sent.'
  return channel.enabled || reason === 'test' ? null : `${channel.name} was switched off before this was sent.`
}
