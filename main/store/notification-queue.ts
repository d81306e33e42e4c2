import type { AlertId, ChannelId, NotificationId } from '#shared/domain/ids.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import type { Message } from './notifications.ts'
import type { Transaction } from './transaction.ts'

/** A notification whose turn has come. */
export interface DueNotification {
  readonly id: NotificationId
  readonly channelId: ChannelId
  readonly reason: NotificationReason
  readonly message: Message
  readonly alertIds: readonly AlertId[]
  /** Those that failed. */
  readonly attempts: number
  /** Whether it was handed to its channel before: somebody may have got it, whatever became of that. */
  readonly isBegun: boolean
  readonly madeAt: number
  readonly notBefore: number
  /** Recipients who have it already. */
  readonly reached: readonly string[]
}

interface Row {
  readonly id: NotificationId
  readonly channel_id: ChannelId
  readonly reason: NotificationReason
  readonly message: string
  readonly attempts: number
  readonly begun: 0 | 1
  readonly made_at: number
  readonly not_before: number
  readonly reached: string
}

/** What was made later than now was made before the clock was set back, and its times mean nothing. */
const isDue = '(next_at <= ? or made_at > ?)'

/** For each channel the notification to be sent next: those that failed least go first, so that one which can't get through holds up no other. */
export function dueNotifications(tx: Transaction, now: number): DueNotification[] {
  const rows = tx.all<Row>(
    `select id, channel_id, reason, message, attempts, begun, made_at, not_before, reached from notifications
     where state = 'waiting' and ${isDue} order by reason = 'test' desc, attempts, id`,
    now,
    now,
  )
  const first = new Map<ChannelId, Row>()
  for (const row of rows) if (!first.has(row.channel_id)) first.set(row.channel_id, row)
  return [...first.values()].map((row) => toDue(tx, row))
}

/** When the next notification to another channel than these is due (ms since 1970); null when none waits. */
export function nextNotificationAt(tx: Transaction, besides: readonly ChannelId[]): number | null {
  const sql = `select min(next_at) as at from notifications where state = 'waiting' and channel_id not in (select value from json_each(?))`
  return tx.get<{ at: number | null }>(sql, JSON.stringify(besides))?.at ?? null
}

/** A notification is about to be handed to its channel. */
export function recordBegun(tx: Transaction, id: NotificationId): void {
  tx.run('update notifications set begun = 1 where id = ?', id)
}

export function recordSent(tx: Transaction, id: NotificationId, at: number): void {
  tx.run(`update notifications set state = 'sent', sent_at = ?, next_at = null, failure = null where id = ?`, at, id)
}

/** Puts a notification off after a failed attempt. */
export function recordRetry(
  tx: Transaction,
  id: NotificationId,
  { failure, nextAt, reached }: { failure: string; nextAt: number; reached: readonly string[] },
): void {
  tx.run(
    `update notifications set attempts = attempts + 1, failure = ?, next_at = ?, reached = ? where id = ?`,
    failure,
    nextAt,
    JSON.stringify(reached),
    id,
  )
}

/** Gives a notification up; `tried`: after an attempt. */
export function recordFailed(tx: Transaction, id: NotificationId, failure: string, tried: boolean): void {
  tx.run(
    `update notifications set state = 'failed', attempts = attempts + ?, failure = ?, next_at = null where id = ?`,
    tried ? 1 : 0,
    failure,
    id,
  )
}

/** A channel is to be left alone until then: all that waits for it is put off. */
export function holdChannel(tx: Transaction, id: ChannelId, until: number): void {
  tx.run(`update notifications set next_at = max(next_at, ?) where state = 'waiting' and channel_id = ?`, until, id)
}

/** A channel works, or was set up anew: what waits for it goes as soon as quiet hours allow. */
export function releaseChannel(tx: Transaction, id: ChannelId, now: number): void {
  const { changes } = tx.run(
    `update notifications set next_at = max(not_before, ?) where state = 'waiting' and channel_id = ? and next_at > max(not_before, ?)`,
    now,
    id,
    now,
  )
  if (changes > 0) tx.notes.notifications = true
}

/** Gives up all that waits for a channel; answers how many. */
export function giveUpChannel(tx: Transaction, id: ChannelId, reason: string): number {
  const sql = `update notifications set state = 'failed', failure = ?, next_at = null where state = 'waiting' and channel_id = ?`
  return tx.run(sql, reason, id).changes
}

function toDue(tx: Transaction, row: Row): DueNotification {
  const alerts = tx.all<{ alert_id: AlertId }>(
    'select alert_id from notification_alerts where notification_id = ? order by alert_id',
    row.id,
  )
  return {
    id: row.id,
    channelId: row.channel_id,
    reason: row.reason,
    message: JSON.parse(row.message) as Message,
    alertIds: alerts.map((one) => one.alert_id),
    attempts: row.attempts,
    isBegun: row.begun === 1,
    madeAt: row.made_at,
    notBefore: row.not_before,
    reached: JSON.parse(row.reached) as string[],
  }
}
