import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '#main/base/clock.ts'
import type { ChannelSender, OutgoingMessage } from './channel.ts'
import type { HttpDoor } from './http-door.ts'

const prefix = 'whsec_'
/** Bytes of a key, as Standard Webhooks has them. */
const fewestBytes = 24
const mostBytes = 64

export interface WebhookSecrets {
  readonly url: string
  readonly signingSecret: string
}

/** A webhook signed as Standard Webhooks describe: the id stays the same for all attempts, the timestamp is that of the attempt. */
export function webhook({ url, signingSecret }: WebhookSecrets, http: HttpDoor, clock: Clock): ChannelSender {
  return {
    send: (message, signal) => {
      const body = JSON.stringify(webhookPayload(message))
      const timestamp = String(Math.floor(clock.now() / 1_000))
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': sign(signingSecret, `${message.id}.${timestamp}.${body}`),
      }
      return http.post({ url, headers, body, name: 'The webhook', secrets: [signingSecret] }, signal)
    },
  }
}

function webhookPayload({
  reason,
  madeAt,
  severity,
  title,
  body,
  link,
  alertIds,
  notificationId,
}: OutgoingMessage): object {
  const data = { notificationId, alertIds, severity, title, body, link }
  return { type: `alert.${reason}`, timestamp: new Date(madeAt).toISOString(), data }
}

function sign(secret: string, text: string): string {
  const key = readSigningSecret(secret) ?? Buffer.alloc(0)
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`
}

/** The key within a signing secret; null when it is none. */
export function readSigningSecret(secret: string): Buffer | null {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : ''
  const key = Buffer.from(text, 'base64')
  const isWhole = key.toString('base64').replace(/=+$/u, '') === text.replace(/=+$/u, '')
  return isWhole && key.length >= fewestBytes && key.length <= mostBytes ? key : null
}

/** A new signing secret of 32 random bytes. */
export function makeSigningSecret(): string {
  return `${prefix}${randomBytes(32).toString('base64')}`
}
