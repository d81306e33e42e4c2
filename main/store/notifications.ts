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
  /** Where what it is about is listed, for whoever reads it on this computer; absent where nothing lists it. */
  readonly place?: Place
}

export interface NewNotification {
  readonly channelId: ChannelId
  readonly reason: NotificationReason
  readonly alertIds: readonly AlertId[]
  readonly message: Message
  readonly madeAt: number
  /** Not to be sent before: the end of quiet hours, the turn of a storm's next message, or `madeAt`. */
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

/** Whom a message goes to. */
export interface Ear {
  readonly channelId: ChannelId
  readonly severity: Severity
}

/**
 * Takes back what waits for the end of quiet hours or for the next message of a storm on a channel and nobody can have got yet, to be told
 * together with what came since; answers the alerts it was about, the first told first.
 */
export function takeWithheld(tx: Transaction, { channelId, severity }: Ear, notBefore: number): readonly AlertId[] {
  const withheld = tx.all<{ id: NotificationId }>(
    `select id from notifications where state = 'waiting' and not_before = ? and begun = 0
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

/** Of a channel's messages, so many of the newest can matter for a storm: there are a few of each severity in a quarter of an hour. */
const lookedAt = 100

/**
 * The two newest messages to a channel, of what has gone or may go by now and of what is gathered in a storm; made later than now: before
 * the clock was set back.
 */
export function lastHeard(tx: Transaction, { channelId, severity }: Ear, now: number) {
  return tx
    .all<{ at: number; isStorm: 0 | 1 }>(
      `select not_before as at, reason in ('storm', 'all-clear') as isStorm
       from (select * from notifications indexed by notifications_by_channel where channel_id = ? order by id desc limit ${lookedAt})
       where message ->> '$.severity' = ? and reason <> 'test' and state <> 'failed' and made_at <= ?
         and (not_before <= ? or reason in ('storm', 'all-clear')) order by not_before desc limit 2`,
      channelId,
      severity,
      now,
      now,
    )
    .map(({ at, isStorm }) => ({ at, isStorm: isStorm === 1 }))
}

/** What other messages to the same channel say of an alert. */
export interface Mentions {
  /** One that is there since, sent or waiting. */
  readonly isToldLater: boolean
  /** One from before that people have, or may have. */
  readonly isToldBefore: boolean
}

export function mentionsOf(
  tx: Transaction,
  { id, channelId }: { readonly id: NotificationId; readonly channelId: ChannelId },
  alertId: AlertId,
): Mentions {
  const found = tx.get<{ later: number | null; before: number | null }>(
    `select max(n.id > ?) as later, max(n.id < ? and n.begun) as before
     from notification_alerts a join notifications n on n.id = a.notification_id
     where a.alert_id = ? and n.channel_id = ? and n.state <> 'failed'`,
    id,
    id,
    alertId,
    channelId,
  )
  return { isToldLater: found?.later === 1, isToldBefore: found?.before === 1 }
}

/** Has a message that nobody has got say something else. */
export function rewriteNotification(
  tx: Transaction,
  id: NotificationId,
  { reason, message, alertIds }: Pick<NewNotification, 'reason' | 'message' | 'alertIds'>,
): void {
  tx.run('update notifications set reason = ?, message = ? where id = ?', reason, JSON.stringify(message), id)
  tx.run(
    'delete from notification_alerts where notification_id = ? and alert_id not in (select value from json_each(?))',
    id,
    JSON.stringify(alertIds),
  )
}

/** Takes a message away that nobody has got and nobody needs. */
export function dropNotification(tx: Transaction, id: NotificationId): void {
  tx.run('delete from notifications where id = ?', id)
  tx.notes.notifications = true
}
