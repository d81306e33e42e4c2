import type { Severity } from '#shared/domain/alert-counts.ts'
import type { AlertId, ChannelId, NotificationId } from '#shared/domain/ids.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import type { Place } from '#shared/domain/overview.ts'
import type { Transaction } from './transaction.ts'

/** What is said to people, before a channel gives it its own form. */
export interface Message {
  readonly severity: Severity
  readonly title: string
  /** Sentences, each on a line of its own. */
  readonly body: string
  /** Address within the console that it leads to: `#/alerts/12`. */
  readonly hash: string
  /** Where what it is about is listed, for whoever reads it on this computer; absent where the alert itself says most. */
  readonly place?: Place
}

export interface NewNotification {
  readonly channelId: ChannelId
  readonly reason: NotificationReason
  readonly alertIds: readonly AlertId[]
  readonly message: Message
  readonly madeAt: number
  /** Not to be sent before: the end of quiet hours, or `madeAt`. */
  readonly notBefore: number
}

/** Has somebody told: the row is the job of the notifier. */
export function addNotification(tx: Transaction, one: NewNotification): NotificationId {
  const { lastInsertRowid } = tx.run(
    `insert into notifications (channel_id, reason, message, state, made_at, not_before, next_at) values (?, ?, ?, 'waiting', ?, ?, ?)`,
    one.channelId,
    one.reason,
    JSON.stringify(one.message),
    one.madeAt,
    one.notBefore,
    one.notBefore,
  )
  tx.notes.notifications = true
  const id = Number(lastInsertRowid) as NotificationId
  for (const alertId of one.alertIds)
    tx.run('insert into notification_alerts (notification_id, alert_id) values (?, ?)', id, alertId)
  return id
}

/**
 * Takes back what waits for the end of quiet hours on a channel and was not tried yet, to be told together with what came since;
 * answers the alerts it was about, the first told first.
 */
export function takeWithheld(
  tx: Transaction,
  channelId: ChannelId,
  severity: Severity,
  notBefore: number,
): readonly AlertId[] {
  const withheld = tx.all<{ id: NotificationId }>(
    `select id from notifications indexed by notifications_waiting where state = 'waiting' and next_at = ? and attempts = 0
       and channel_id = ? and message ->> '$.severity' = ? order by id`,
    notBefore,
    channelId,
    severity,
  )
  const alerts = withheld.flatMap(({ id }) =>
    tx
      .all<{ id: AlertId }>('select alert_id as id from notification_alerts where notification_id = ? order by 1', id)
      .map((one) => one.id),
  )
  for (const { id } of withheld) tx.run('delete from notifications where id = ?', id)
  return alerts
}
