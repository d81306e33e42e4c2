import type { HttpAnswer } from '#main/connectors/http/http-client.ts'
import { isGoodNews } from '#shared/domain/notification.ts'
import { cut, severityWord, type ChannelSender, type OutgoingMessage, type SendFailure } from './channel.ts'
import type { HttpDoor } from './http-door.ts'

/** Characters of the sentences: Teams takes 28 KB in all, and one character may have four bytes. */
const mostBody = 5_000
const mostTitle = 250

/** A workflow of Teams that posts to a channel when a webhook request is received. */
export function teams(url: string, http: HttpDoor): ChannelSender {
  return {
    send: (message, signal) =>
      http.post(
        {
          url,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(teamsPayload(message)),
          name: 'Teams',
          secrets: [],
          explain,
        },
        signal,
      ),
  }
}

const colours = { info: 'Accent', warning: 'Warning', critical: 'Attention' } as const

/** The message as an Adaptive Card. */
export function teamsPayload(message: OutgoingMessage): object {
  const { title, body, link, reason, severity } = message
  const colour = isGoodNews(reason) ? 'Good' : colours[severity]
  const lines = cut(body, mostBody)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      text(cut(title, mostTitle), { size: 'Medium', weight: 'Bolder', color: colour }),
      ...lines.map((line) => text(line, { spacing: 'Small' })),
      text(`${severityWord(message)} · Patchbay`, { isSubtle: true, size: 'Small' }),
    ],
    actions: link === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Patchbay', url: link }],
    msteams: { width: 'Full' },
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content: card }] }
}

/** Record names are shown as they are: a card would read marks in them. */
function text(words: string, style: object): object {
  return { type: 'TextBlock', text: words.replaceAll(/([\\`*_[\]])/gu, '\\$1'), wrap: true, ...style }
}

function explain({ status }: HttpAnswer): Omit<SendFailure, 'ok'> | null {
  if (status !== 401 && status !== 403 && status !== 404 && status !== 410) return null
  return {
    sentence: `The workflow of this address was deleted, switched off, or its address is not complete (HTTP ${status}).`,
    fix: 'Open the workflow in Teams, switch it on, and copy the address of its webhook again.',
    again: false,
  }
}
