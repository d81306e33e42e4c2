import type { Page } from '#shared/contract/page.ts'
import type { AlertId, ChannelId } from '#shared/domain/ids.ts'
import type { Notification } from '#shared/domain/notification.ts'
import { parseColumn } from './json.ts'
import { readPage, type Slice } from './page.ts'
import type { Reading } from './reading.ts'

export interface NotificationQuery extends Slice {
  readonly channelId?: ChannelId | undefined
}

type Row = Omit<Notification, 'alertIds' | 'title'> & { readonly title: string | null; readonly alerts: string }

const columns = `t.id, t.channel_id as channelId, t.reason, t.message ->> '$.title' as title, t.state, t.attempts, t.made_at as madeAt,
  t.sent_at as sentAt, t.next_at as nextAt, t.failure,
  (select json_group_array(alert_id) from notification_alerts where notification_id = t.id) as alerts`

/** Reads of who was told what. */
export function notificationReads(reading: Reading) {
  function listNotifications({ channelId, ...slice }: NotificationQuery): Page<Notification> {
    const tried = channelId === undefined ? [] : [{ sql: 't.channel_id = ?', values: [channelId] }]
    const listing = { table: 'notifications', index: null, columns, found: [], tried }
    return readPage<Row, Notification>(reading, listing, slice, toNotification)
  }

  return { listNotifications }
}

function toNotification({ alerts, title, ...row }: Row): Notification {
  return { ...row, title: title ?? '', alertIds: parseColumn<AlertId[]>(alerts, []) }
}
