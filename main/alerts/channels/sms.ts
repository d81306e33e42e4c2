import type { Channel } from '#shared/domain/channel.ts'
import { parseJson } from './parse-json.ts'
import { cut, sent, type ChannelSender, type OutgoingMessage, type SendFailure, type Sent } from './channel.ts'
import type { HttpDoor, Post } from './http-door.ts'

export type SmsSettings = Extract<Channel, { kind: 'sms' }>['settings']

/** Characters of one message: three parts of a long SMS. */
const mostText = 459

/** Text messages, one request for each recipient. Who has it is not sent it again when another one failed. */
export function sms(settings: SmsSettings, token: string, http: HttpDoor): ChannelSender {
  return {
    async send(message, signal) {
      const reached = new Set(message.reached)
      const failures: SendFailure[] = []
      for (const to of settings.to.filter((one) => !reached.has(one))) {
        const done: Sent = await http.post(smsRequest(settings, token, to, smsText(message)), signal)
        if (done.ok) reached.add(to)
        else failures.push({ ...done, sentence: settings.to.length > 1 ? `${to}: ${done.sentence}` : done.sentence })
      }
      // One that may still get through is worth another try, whatever became of the rest.
      const failure = failures.find(({ again }) => again) ?? failures[0]
      return failure === undefined ? sent : { ...failure, reached: [...reached] }
    },
  }
}

/** Title and sentences without the link, which a phone could not open. */
export function smsText({ title, body }: OutgoingMessage): string {
  return cut(`Patchbay: ${title}${body.trim() === '' ? '' : `\n${body}`}`, mostText)
}

function smsRequest(settings: SmsSettings, token: string, to: string, text: string): Post {
  const { url, user, from, template } = settings
  const authorization = user === '' ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`
  const auth: Record<string, string> = token === '' ? {} : { authorization }
  const common = { name: 'The SMS gateway', secrets: [token] }
  if (template === null) {
    const base = url.replace(/\/+$/u, '')
    return {
      ...common,
      url: `${base}/2010-04-01/Accounts/${encodeURIComponent(user)}/Messages.json`,
      headers: { ...auth, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ From: from, To: to, Body: text }).toString(),
      explain: ({ status, body }) => explainTwilio(status, body),
    }
  }
  const headers = { ...auth, 'content-type': template.contentType }
  return { ...common, url, headers, body: fillTemplate(template, { from, to, text }) }
}

/** Puts values into a template, each escaped for where it stands. */
export function fillTemplate(
  { contentType, body }: NonNullable<SmsSettings['template']>,
  values: Readonly<Record<'from' | 'to' | 'text', string>>,
): string {
  const escape =
    contentType === 'application/json'
      ? (value: string) => JSON.stringify(value).slice(1, -1)
      : (value: string) => new URLSearchParams({ v: value }).toString().slice(2)
  // One pass, so that a value which looks like a placeholder is left alone.
  return body.replaceAll(/\{(from|to|text)\}/gu, (_, name: 'from' | 'to' | 'text') => escape(values[name]))
}

/** Why a template would not do; null: it will. */
export function unfitTemplate(template: SmsSettings['template']): string | null {
  if (template === null) return null
  if (!template.body.includes('{to}') || !template.body.includes('{text}'))
    return 'The template needs {to} and {text} where the number and the text belong.'
  const tried = fillTemplate(template, { from: '"', to: '"', text: '"' })
  if (template.contentType === 'application/json' && parseJson(tried) === undefined)
    return 'The template is no JSON. Put {from}, {to} and {text} between quotation marks.'
  return null
}

/** What Twilio's own codes mean. */
const twilio: Readonly<Record<number, Pick<SendFailure, 'sentence' | 'fix'>>> = {
  20003: {
    sentence: 'Twilio refuses the sign-in.',
    fix: 'Enter the account SID as user, and the auth token of the same account.',
  },
  20404: { sentence: 'Twilio does not know this account.', fix: 'Check the account SID; it begins with AC.' },
  21211: {
    sentence: 'Twilio says that the number of the recipient is not valid.',
    fix: 'Write it with + and the country code: +15551234567.',
  },
  21408: {
    sentence: 'This Twilio account may not send to that country.',
    fix: 'Allow the country under Messaging geographic permissions in Twilio.',
  },
  21606: {
    sentence: 'The number that it is sent from is not one of this Twilio account.',
    fix: 'Enter a number or sender of the account that can send text messages.',
  },
  21608: {
    sentence: 'A trial account of Twilio sends to verified numbers only.',
    fix: 'Verify the number in Twilio, or upgrade the account.',
  },
  21610: {
    sentence: 'The recipient has answered STOP and gets no more messages from this number.',
    fix: 'Have the recipient send START to the number.',
  },
}

function explainTwilio(status: number, body: string): Omit<SendFailure, 'ok'> | null {
  const answer = parseJson(body)
  if (status >= 500 || status === 429 || typeof answer !== 'object' || answer === null || !('code' in answer))
    return null
  const known = twilio[Number(answer.code)]
  return known === undefined
    ? null
    : { sentence: `${known.sentence} (Twilio ${String(answer.code)})`, fix: known.fix, again: false }
}
