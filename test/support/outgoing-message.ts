import type { OutgoingMessage } from '#main/alerts/channels/channel.ts'
import type { AlertId, NotificationId } from '#shared/domain/ids.ts'

/** A message as the notifier hands it to a channel. */
export function outgoing(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    notificationId: 7 as NotificationId,
    id: 'msg_abc_7',
    reason: 'opened',
    alertIds: [12 as AlertId],
    severity: 'critical',
    title: 'Salesforce refuses the sign-in',
    body: 'Nothing is sent to Salesforce.\n<b>Jones & Sons</b> wait.',
    hash: '#/alerts/12',
    link: 'http://127.0.0.1:7421/#/alerts/12',
    madeAt: Date.parse('2026-01-31T12:00:00Z'),
    reached: [],
    ...overrides,
  }
}
