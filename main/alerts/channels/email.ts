import ipaddr from 'ipaddr.js'
import { createTransport } from 'nodemailer'
import type { Channel } from '#shared/domain/channel.ts'
import { isGoodNews } from '#shared/domain/notification.ts'
import { sent, severityWord, type ChannelSender, type OutgoingMessage, type SendFailure } from './channel.ts'
import { explainMailError, explainRejected } from './email-failure.ts'

export type EmailSettings = Extract<Channel, { kind: 'email' }>['settings']

/** ms for each step of the conversation, and for the whole. */
const stepMs = 10_000
const wholeMs = 25_000

/** Mail through a server by SMTP: one letter to all who don't have it yet. */
export function email(settings: EmailSettings, password: string): ChannelSender {
  return {
    async send(message, signal) {
      if (settings.security === 'none' && !isLoopback(settings.host)) return needsEncryption(settings.host)
      if (settings.user !== null && password === '') return noPassword
      const wanted = settings.to.filter((one) => !message.reached.includes(one))
      if (wanted.length === 0) return sent
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(wholeMs)])
      const transport = createTransport(connectionOf(settings, password))
      try {
        const letter = { ...letterOf(settings, wanted, message), signal: bounded }
        const { rejected, rejectedErrors } = await transport.sendMail(letter)
        return rejected.length === 0 ? sent : explainRejected(rejectedErrors ?? [], reachedBy(settings, rejected))
      } catch (thrown) {
        return bounded.aborted ? interrupted(settings.host, signal) : explainMailError(thrown, settings)
      } finally {
        transport.close()
      }
    },
  }
}

function connectionOf({ host, port, security, user }: EmailSettings, password: string) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== null && { auth: { user, pass: password } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    dnsTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function letterOf({ from }: EmailSettings, to: readonly string[], message: OutgoingMessage) {
  return {
    from,
    to: [...to],
    subject: `[Patchbay] ${severityWord(message)}: ${message.title}`,
    text: plainPart(message),
    html: htmlPart(message),
    date: new Date(message.madeAt),
    // The same for all attempts: mailboxes show a letter that came twice once.
    messageId: `<${message.id}@patchbay.invalid>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    priority: message.severity === 'critical' && !isGoodNews(message.reason) ? ('high' as const) : ('normal' as const),
  }
}

function plainPart({ title, body, link }: OutgoingMessage): string {
  return [title, '', body, ...(link === null ? [] : ['', `Open it in Patchbay: ${link}`]), ''].join('\n')
}

function htmlPart(message: OutgoingMessage): string {
  const { title, body, link } = message
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  return [
    '<!doctype html><html><body style="font-family: system-ui, sans-serif; font-size: 15px; line-height: 1.5">',
    `<p style="color: #666; margin: 0">${escape(severityWord(message))}</p>`,
    `<h1 style="font-size: 19px; margin: 4px 0 12px">${escape(title)}</h1>`,
    ...lines.map((line) => `<p style="margin: 0 0 8px">${escape(line)}</p>`),
    ...(link === null ? [] : [`<p><a href="${escape(link)}">Open it in Patchbay</a></p>`]),
    '</body></html>',
  ].join('\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Those who have it although others were refused. */
function reachedBy({ to }: EmailSettings, rejected: readonly unknown[]): string[] {
  const refused = new Set(rejected.map((one) => String(one)))
  return to.filter((one) => !refused.has(one))
}

/** Whether a mail server is on this machine, so that nobody can listen in. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/gu, '')
  return bare === 'localhost' || (ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback')
}

function needsEncryption(host: string): SendFailure {
  return {
    ok: false,
    sentence: `Mail is sent without encryption to a server on this computer only, and ${host} is another one.`,
    fix: 'Choose STARTTLS (port 587) or TLS (port 465).',
    again: false,
  }
}

const noPassword: SendFailure = {
  ok: false,
  sentence: 'The mail server wants a user, and no password is set.',
  fix: 'Enter the password, or take the user away if the server needs none.',
  again: false,
}

function interrupted(host: string, stop: AbortSignal): SendFailure {
  const sentence = stop.aborted
    ? 'Patchbay was stopped meanwhile.'
    : `The mail server ${host} took longer than ${wholeMs / 1_000} seconds.`
  return { ok: false, sentence, fix: null, again: true }
}
