import { expect, it } from 'vitest'
import type { OutgoingMessage } from '#main/alerts/channels/channel.ts'
import { toastChannel } from '#main/alerts/channels/toast.ts'
import { alertId, channelId, notificationId } from '#shared/domain/ids.ts'
import type { Place } from '#shared/domain/overview.ts'

const message: OutgoingMessage = {
  notificationId: notificationId.parse(1),
  id: 'msg_1',
  reason: 'opened',
  alertIds: [alertId.parse(12)],
  severity: 'warning',
  title: 'A dead letter: Cases',
  body: 'A dead letter of Cases waits for a person.',
  hash: '#/alerts/12',
  link: null,
  madeAt: 1,
  reached: [],
}

it.each<[string, { place?: Place }, string]>([
  [
    'the list of what failed',
    { place: { screen: 'failures', filter: 'state:dead route:cases' } },
    '#/failures?filter=state%3Adead+route%3Acases',
  ],
  [
    'the connection',
    { place: { screen: 'connections', filter: 'connection:cw' } },
    '#/connections?filter=connection%3Acw',
  ],
  ['the alert, where nothing lists what it is about', {}, '#/alerts/12'],
])('a message on this computer leads to %s', async (_what, more, hash) => {
  const shown: unknown[] = []
  await toastChannel(channelId.parse('toast'), (toast) => shown.push(toast)).send(
    { ...message, ...more },
    new AbortController().signal,
  )
  expect(shown).toMatchObject([{ channelId: 'toast', alertIds: [12], hash }])
})
