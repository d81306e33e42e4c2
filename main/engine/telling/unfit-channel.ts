import type { AddressGuard } from '#main/alerts/channels/address-guard.ts'
import { isLoopback } from '#main/alerts/channels/email.ts'
import { channelSecrets } from '#main/alerts/channels/open-channel.ts'
import { unfitTemplate } from '#main/alerts/channels/sms.ts'
import { readSigningSecret } from '#main/alerts/channels/webhook.ts'
import type { Channel } from '#shared/domain/channel.ts'

/** Why a channel can't be stored with these secrets, in a sentence; null: it can. */
export function unfitChannel(
  channel: Channel,
  secrets: Readonly<Record<string, string>>,
  guard: AddressGuard,
): string | null {
  const foreign = Object.keys(secrets).find((name) => !channelSecrets[channel.kind].includes(name))
  if (foreign !== undefined) return `A channel of this kind has no secret ${foreign}.`
  switch (channel.kind) {
    case 'toast':
      return null
    case 'slack':
    case 'teams':
    case 'heartbeat':
      return unfitAddress(secrets['url'], guard)
    case 'webhook':
      return unfitAddress(secrets['url'], guard) ?? unfitSigningSecret(secrets['signingSecret'] ?? '')
    case 'email':
      return unfitEmail(channel.settings)
    case 'sms':
      return unfitSms(channel.settings, guard)
  }
}

function unfitAddress(url: string | undefined, guard: AddressGuard): string | null {
  if (url === undefined || url === '') return 'Enter the address that the messages go to.'
  return guard.refusal(url)
}

function unfitSigningSecret(secret: string): string | null {
  if (readSigningSecret(secret) !== null) return null
  return 'A signing secret is whsec_ followed by 24 to 64 bytes in base64.'
}

function unfitEmail({ from, host, security, to }: Extract<Channel, { kind: 'email' }>['settings']): string | null {
  if (security === 'none' && !isLoopback(host))
    return 'Mail goes without encryption to a server on this computer only. Choose STARTTLS (port 587) or TLS (port 465).'
  const wrong = [from, ...to].find((one) => !/^[^@\s]+@[^@\s]+$|<[^@\s]+@[^@\s]+>$/u.test(one))
  return wrong === undefined ? null : `${wrong} is no e-mail address.`
}

function unfitSms(settings: Extract<Channel, { kind: 'sms' }>['settings'], guard: AddressGuard): string | null {
  if (settings.template === null && settings.user === '') return 'Enter the account SID of Twilio as user.'
  return guard.refusal(settings.url) ?? unfitTemplate(settings.template)
}
