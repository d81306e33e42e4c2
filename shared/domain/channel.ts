import * as z from 'zod'
import { channelId } from './ids.ts'

const address = z.string().trim().min(3).max(320)
const addresses = z.array(address).min(1).max(20)
const common = { id: channelId, name: z.string().trim().min(1).max(100), enabled: z.boolean() }

/** A message on the desktop, or a notification of the browser. No secrets. */
const toastChannel = z.object({ ...common, kind: z.literal('toast'), settings: z.object({}) })

/** Secret: `password`, where the server wants a user. */
const emailChannel = z.object({
  ...common,
  kind: z.literal('email'),
  settings: z.object({
    host: z.string().trim().min(1).max(255),
    port: z.number().int().min(1).max(65_535),
    /** `none` is for a mail server on this machine only. */
    security: z.enum(['starttls', 'tls', 'none']),
    user: z.string().max(320).nullable(),
    from: address,
    to: addresses,
  }),
})

/** Secret: `url`, an incoming webhook. */
const slackChannel = z.object({ ...common, kind: z.literal('slack'), settings: z.object({}) })

/** Secret: `url`, of a workflow that posts to a channel when a webhook request is received. */
const teamsChannel = z.object({ ...common, kind: z.literal('teams'), settings: z.object({}) })

/** Signed as Standard Webhooks. Secrets: `url`, `signingSecret` (`whsec_` and base64; made when it is not given, and shown when it is made anew). */
const webhookChannel = z.object({ ...common, kind: z.literal('webhook'), settings: z.object({}) })

/** Secret: `token`, the gateway's password for `user` (Twilio: the auth token of the account SID). */
const smsChannel = z.object({
  ...common,
  kind: z.literal('sms'),
  settings: z.object({
    /** Where the request goes: `https://api.twilio.com`, or the whole address of another gateway. */
    url: z.string().trim().min(8).max(500),
    user: z.string().max(100),
    from: z.string().trim().min(1).max(30),
    to: addresses,
    /** null: as Twilio wants it. Else the body for another gateway, with {from}, {to} and {text} in it. */
    template: z
      .object({
        contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']),
        body: z.string().max(2_000),
      })
      .nullable(),
  }),
})

/** A dead man's switch: asks an outside address again and again, so that somebody notices when it stops. Secret: `url`. */
const heartbeatChannel = z.object({
  ...common,
  kind: z.literal('heartbeat'),
  settings: z.object({ everyMinutes: z.number().int().min(1).max(60) }),
})

/** A way to reach people. */
export const channel = z.discriminatedUnion('kind', [
  toastChannel,
  emailChannel,
  slackChannel,
  teamsChannel,
  webhookChannel,
  smsChannel,
  heartbeatChannel,
])
export type Channel = z.infer<typeof channel>
export type ChannelKind = Channel['kind']

/** A channel and how it does. */
export const channelReport = z.object({
  channel,
  secrets: z.record(z.string(), z.object({ set: z.boolean() })),
  lastSentAt: z.number().nullable(),
  /** The last failure, while nothing was sent after it. */
  failing: z.object({ since: z.number(), at: z.number(), sentence: z.string(), fix: z.string().nullable() }).nullable(),
})
export type ChannelReport = z.infer<typeof channelReport>
