import type { HttpAnswer } from '#main/connectors/http/http-client.ts'
import { isGoodNews } from '#shared/domain/notification.ts'
import { cut, severityWord, type ChannelSender, type OutgoingMessage, type SendFailure } from './channel.ts'
import type { HttpDoor } from './http-door.ts'

/** Characters that Slack takes of each part. */
const mostHeader = 150
const mostSection = 3_000
const mostLink = 3_000

/** An incoming webhook of Slack. */
export function slack(url: string, http: HttpDoor): ChannelSender {
  return {
    send: (message, signal) =>
      http.post(
        {
          url,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(slackPayload(message)),
          name: 'Slack',
          secrets: [],
          explain,
        },
        signal,
      ),
  }
}

const marks = { info: 'ℹ️', warning: '⚠️', critical: '🔴' } as const

/** The message as Block Kit wants it, with plain text beside for what shows no blocks. */
export function slackPayload(message: OutgoingMessage): object {
  const { title, body, link, reason, severity } = message
  const mark = isGoodNews(reason) ? '✅' : marks[severity]
  const isWeb = link !== null && /^https?:/u.test(link) && link.length <= mostLink
  const shownLink = link === null || isWeb ? '' : ` · ${escape(link)}`
  return {
    text: escape(cut(`${title}\n${body}`, mostSection / 2)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(`${mark} ${title}`, mostHeader), emoji: true } },
      ...(body.trim() === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: section(body) } }]),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `${severityWord(message)} · Patchbay${shownLink}` }],
      },
      ...(isWeb
        ? [
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  text: { type: 'plain_text', text: 'Open in Patchbay' },
                  url: link,
                  action_id: 'open',
                },
              ],
            },
          ]
        : []),
    ],
  }
}

/** Escaping lengthens, and must not be cut through. */
function section(body: string): string {
  let most = mostSection
  let text = escape(cut(body, most))
  while (text.length > mostSection) {
    most -= text.length - mostSection
    text = escape(cut(body, Math.max(most, 1)))
  }
  return text
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const anew = 'Make a new incoming webhook in Slack and enter its address here.'

/** Slack answers in words. */
const told: Readonly<Record<string, Omit<SendFailure, 'ok' | 'again'>>> = {
  no_service: { sentence: 'This webhook was revoked or never existed in Slack.', fix: anew },
  no_active_hooks: { sentence: 'This webhook is disabled in Slack.', fix: anew },
  no_team: { sentence: 'The Slack workspace of this webhook does not exist any more.', fix: anew },
  invalid_token: { sentence: 'This webhook was revoked, or its address is not complete.', fix: anew },
  channel_not_found: { sentence: 'The Slack channel of this webhook was deleted.', fix: anew },
  channel_is_archived: {
    sentence: 'The Slack channel of this webhook is archived.',
    fix: 'Bring the channel back in Slack, or make a webhook for another one.',
  },
  action_prohibited: {
    sentence: "The rules of the Slack workspace don't let this webhook post.",
    fix: 'Ask who looks after Slack to allow the app, or make a webhook for another channel.',
  },
  posting_to_general_channel_denied: {
    sentence: "This webhook may not post to the workspace's general channel.",
    fix: 'Make a webhook for another channel.',
  },
}

function explain({ body }: HttpAnswer): Omit<SendFailure, 'ok'> | null {
  const known = told[body.trim()]
  return known === undefined ? null : { ...known, again: false }
}
