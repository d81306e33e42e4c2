import { channel, type ChannelKind } from '#shared/domain/channel.ts'
import type { FormValues } from '#renderer/views/connections/form-fields.ts'
import type { KindInfo } from '#renderer/views/connections/kinds.ts'

interface ChannelInfo extends KindInfo {
  /** What a new one is called at first. */
  readonly name: string
  /** What a new one begins with. */
  readonly preset: FormValues
}

function schemaOf(kind: ChannelKind): KindInfo['schema'] {
  const option = channel.options.find(({ shape }) => shape.kind.value === kind)
  if (option === undefined) throw new Error(`there is no kind of channel called ${kind}`)
  return option.shape.settings
}

const address = { name: 'url', label: 'Webhook address', isNeeded: true } as const

/** What the console knows about each way to reach people, in the order in which they are offered. */
export const channelKinds: Record<ChannelKind, ChannelInfo> = {
  toast: {
    title: 'On this computer',
    about: 'A message in the console and on the desktop.',
    name: 'On this computer',
    schema: schemaOf('toast'),
    secrets: [],
    preset: {},
  },
  email: {
    title: 'E-mail',
    about: 'Through your mail server.',
    name: 'E-mail',
    schema: schemaOf('email'),
    labels: { host: 'Mail server', security: 'Encryption', user: 'User', from: 'From', to: 'To' },
    helps: {
      host: 'Such as smtp.office365.com',
      user: 'Often the same as the sender; empty where the server asks for none.',
      from: 'The address that messages come from.',
      to: 'One address a line.',
    },
    secrets: [{ name: 'password', label: 'Password', help: 'Of the user, or an app password.' }],
    unused: ({ user }) => (user === null || user === undefined || user === '' ? ['password'] : []),
    preset: { port: 587, security: 'starttls', user: null },
  },
  slack: {
    title: 'Slack',
    about: 'A message in a Slack channel.',
    name: 'Slack',
    schema: schemaOf('slack'),
    secrets: [{ ...address, help: 'Begins with https://hooks.slack.com/services/' }],
    preset: {},
  },
  teams: {
    title: 'Microsoft Teams',
    about: 'A message in a Teams channel or chat.',
    name: 'Teams',
    schema: schemaOf('teams'),
    secrets: [{ ...address, help: 'The long address that the workflow shows when it is made.' }],
    preset: {},
  },
  sms: {
    title: 'Text message',
    about: 'Through Twilio or another SMS gateway.',
    name: 'Text message',
    schema: schemaOf('sms'),
    labels: { url: 'Address of the gateway', user: 'Account', from: 'From', to: 'To' },
    helps: {
      url: 'https://api.twilio.com, or the whole address that another gateway wants requests at.',
      user: 'Twilio: the account SID, which begins with AC.',
      from: 'A number of yours there, such as +15005550006.',
      to: 'One number a line, each with + and the country code.',
    },
    secrets: [{ name: 'token', label: 'Password', help: 'Twilio: the auth token of the account.', isNeeded: true }],
    preset: { url: 'https://api.twilio.com', template: null },
  },
  webhook: {
    title: 'Webhook',
    about: 'A signed request to a program of your own.',
    name: 'Webhook',
    schema: schemaOf('webhook'),
    secrets: [
      { ...address, label: 'Address', help: 'Where the request goes, such as https://example.com/patchbay' },
      {
        name: 'signingSecret',
        label: 'Signing secret',
        help: 'Begins with whsec_. Whoever receives needs the same.',
        isNeeded: true,
      },
    ],
    preset: {},
  },
  heartbeat: {
    title: 'Heartbeat',
    about: 'Tells an outside watchman that Patchbay is alive.',
    name: 'Heartbeat',
    schema: schemaOf('heartbeat'),
    labels: { everyMinutes: 'Every (minutes)' },
    secrets: [{ ...address, label: 'Address', help: 'The ping address of the watchman.' }],
    preset: { everyMinutes: 5 },
  },
}

export const channelKindNames = Object.keys(channelKinds) as ChannelKind[]

export function channelKindOf(name: string | null): ChannelKind | null {
  return channelKindNames.find((one) => one === name) ?? null
}
