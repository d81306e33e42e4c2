import type { Clock } from '#main/base/clock.ts'
import type { Channel, ChannelKind } from '#shared/domain/channel.ts'
import type { Toast } from '#shared/domain/notification.ts'
import type { ChannelSender, SendFailure } from './channel.ts'
import { email } from './email.ts'
import type { HttpDoor } from './http-door.ts'
import { slack } from './slack.ts'
import { sms } from './sms.ts'
import { teams } from './teams.ts'
import { toastChannel } from './toast.ts'
import { webhook } from './webhook.ts'

export interface ChannelPorts {
  readonly clock: Clock
  readonly http: HttpDoor
  readonly showToast: (toast: Toast) => void
}

/** The secrets that each kind of channel can have. */
export const channelSecrets: Readonly<Record<ChannelKind, readonly string[]>> = {
  toast: [],
  email: ['password'],
  slack: ['url'],
  teams: ['url'],
  webhook: ['url', 'signingSecret'],
  sms: ['token'],
  heartbeat: ['url'],
}

/** The way to send through a channel as it is set up, or why there is none. */
export function openChannel(
  channel: Channel,
  secrets: Readonly<Record<string, string>>,
  { clock, http, showToast }: ChannelPorts,
): ChannelSender | SendFailure {
  const { url = '', signingSecret = '', password = '', token = '' } = secrets
  switch (channel.kind) {
    case 'toast':
      return toastChannel(channel.id, showToast)
    case 'email':
      return email(channel.settings, password)
    case 'slack':
      return url === '' ? noAddress(channel) : slack(url, http)
    case 'teams':
      return url === '' ? noAddress(channel) : teams(url, http)
    case 'webhook':
      return url === '' ? noAddress(channel) : webhook({ url, signingSecret }, http, clock)
    case 'sms':
      return sms(channel.settings, token, http)
    case 'heartbeat':
      return {
        ok: false,
        sentence: `${channel.name} is a heartbeat and carries no messages.`,
        fix: 'Choose another channel for this rule.',
        again: false,
      }
  }
}

export function noAddress({ name }: Channel): SendFailure {
  return { ok: false, sentence: `${name} has no address.`, fix: 'Enter the address of the webhook.', again: false }
}
