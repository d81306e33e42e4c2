import type { Severity } from '#shared/domain/alert-counts.ts'
import type { AlertId, NotificationId } from '#shared/domain/ids.ts'
import { isGoodNews, type NotificationReason } from '#shared/domain/notification.ts'
import type { Place } from '#shared/domain/overview.ts'

/** A notification on its way to one channel. */
export interface OutgoingMessage {
  readonly notificationId: NotificationId
  /** The same for all attempts, and in no other database: what a receiver knows a repetition by. */
  readonly id: string
  readonly reason: NotificationReason
  readonly alertIds: readonly AlertId[]
  readonly severity: Severity
  readonly title: string
  /** Sentences, each on a line of its own. */
  readonly body: string
  /** Address within the console: `#/alerts/12`. */
  readonly hash: string
  /** Where what it is about is listed; absent where nothing lists it, so that the alert itself says most. */
  readonly place?: Place
  /** The whole address that opens the console there; null where there is none to give. */
  readonly link: string | null
  readonly madeAt: number
  /** Those among the channel's recipients who have it already. */
  readonly reached: readonly string[]
}

/** Why a message did not get through, for the person who set the channel up. */
export interface SendFailure {
  readonly ok: false
  readonly sentence: string
  readonly fix: string | null
  /** Whether trying again can help without anybody changing something. */
  readonly again: boolean
  /** The instant (ms since 1970) that the other side asked to wait for. */
  readonly retryAt?: number
  /** Where some recipients have it nevertheless: all who have. */
  readonly reached?: readonly string[]
}

export type Sent = { readonly ok: true } | SendFailure

/** One way to reach people. Answers with a value for every ending, within bounded time; nothing but a bug throws. */
export interface ChannelSender {
  send(message: OutgoingMessage, signal: AbortSignal): Promise<Sent>
}

export const sent: Sent = { ok: true }

/** How grave a message is, in a word. */
export function severityWord({ reason, severity }: Pick<OutgoingMessage, 'reason' | 'severity'>): string {
  if (reason === 'test') return 'Test'
  if (isGoodNews(reason)) return 'Resolved'
  return { info: 'Information', warning: 'Warning', critical: 'Critical' }[severity]
}

/** `text` in at most `most` characters, with an ellipsis where it was cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`
}
