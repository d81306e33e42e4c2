import { expect, it } from 'vitest'
import { alertId, channelId, notificationId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'
import { takeMessages } from '#renderer/state/console-store.ts'
import { consoleOn } from './samples.ts'

const toast: Toast = {
  notificationId: notificationId.parse(1),
  channelId: channelId.parse('toast'),
  reason: 'opened',
  severity: 'warning',
  title: 'A dead letter: Tickets',
  body: 'A dead letter of Tickets waits for a person.',
  alertIds: [12].map((id) => alertId.parse(id)),
  hash: '#/alerts/12',
}

const several = { alertIds: [12, 13].map((id) => alertId.parse(id)), hash: '#/alerts' }

it.each<[string, Partial<Toast>, string, string]>([
  ['an alert', {}, 'bad', `${toast.title}\n${toast.body}`],
  ['an alert that is over', { reason: 'resolved' }, 'good', `${toast.title}\n${toast.body}`],
  ['mere information', { severity: 'info' }, 'note', `${toast.title}\n${toast.body}`],
  ['a storm, with its counts', { reason: 'storm', ...several }, 'bad', `${toast.title}\n${toast.body}`],
  ['the end of a storm', { reason: 'all-clear', ...several }, 'good', `${toast.title}\n${toast.body}`],
  ['a test', { reason: 'test', alertIds: [], hash: '#/alerts' }, 'good', `${toast.title}\n${toast.body}`],
  ['several alerts, which the body tells one by one', { reason: 'summary', ...several }, 'bad', toast.body],
])('what is pushed is a notice that leads to %s', (_what, change, tone, sentence) => {
  const state = consoleOn({})
  const pushed = { ...toast, ...change }
  takeMessages(state.getState(), [{ type: 'toast', seq: 1, toast: pushed }])
  expect(state.getState().notices.list).toMatchObject([{ tone, sentence, link: { label: 'Look', hash: pushed.hash } }])
})
