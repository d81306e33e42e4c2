import type { Message } from '#main/store/notifications.ts'
import type { Channel } from '#shared/domain/channel.ts'

/** What a test says. */
export function testMessage({ name }: Channel): Message {
  return {
    severity: 'info',
    title: 'This is a test',
    body: `Patchbay can reach you through "${name}". Alerts will come this way.`,
    hash: '#/alerts',
  }
}

/** What a test that got through has shown. */
export function tookTest(channel: Channel): string {
  switch (channel.kind) {
    case 'toast':
      return 'Shown to whoever has Patchbay open on this computer.'
    case 'email':
      return `The mail server took the letter to ${channel.settings.to.join(', ')}. If it does not arrive, look among unwanted mail.`
    case 'slack':
      return 'Slack took the message.'
    case 'teams':
      return 'The workflow took the message. Whether it was posted, its run history in Teams tells.'
    case 'webhook':
      return 'The webhook took the message.'
    case 'sms':
      return `The SMS gateway took the message to ${channel.settings.to.join(', ')}.`
    case 'heartbeat':
      return 'The heartbeat monitor answered.'
  }
}
