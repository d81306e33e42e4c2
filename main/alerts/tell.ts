import { findAlert, type StoredAlert } from '#main/store/alerts.ts'
import { addNotification, takeWithheld, type Message } from '#main/store/notifications.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertId, ChannelId } from '#shared/domain/ids.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { commonPlace } from './place-of.ts'
import { minutesText } from './words.ts'

const minuteMs = 60_000
/** More alerts than this are told in a summary. */
const mostInFull = 5

/** What people are to hear of an alert, as it is now. */
export interface News {
  readonly alert: StoredAlert
  readonly reason: NotificationReason
  /** Not to be told before (ms since 1970). */
  readonly notBefore: number
}

/**
 * Has people told: all that came at once is one notification for each channel and severity.
 *
 * What waits for the end of the same quiet hours is taken up and told with it, as it is by now; an alert that came and went in them is
 * one sentence.
 */
export function tellNews(tx: Transaction, news: readonly News[], now: number): void {
  const orders = news.flatMap((one) => one.alert.rule.channels.map((channelId) => ({ ...one, channelId })))
  const groups = Map.groupBy(
    orders,
    ({ alert, channelId, notBefore }) => `${channelId} ${alert.rule.severity} ${notBefore}`,
  )
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined) continue
    const { channelId, notBefore } = first
    const { severity } = first.alert.rule
    const withheld = notBefore > now ? takeWithheld(tx, channelId, severity, notBefore) : []
    const told = together(tx, group, withheld)
    add(tx, { channelId, notBefore, madeAt: now, severity }, told)
  }
}

interface Told {
  readonly alert: StoredAlert
  readonly reason: NotificationReason
}

/** What was withheld and what is new, each alert once and in its newest state. */
function together(tx: Transaction, news: readonly Told[], withheld: readonly AlertId[]): Told[] {
  const known = new Map<AlertId, Told>(news.map((one) => [one.alert.id, one]))
  const before = withheld.filter((id) => !known.has(id)).flatMap((id) => findAlert(tx, id) ?? [])
  return [
    ...before.map((alert): Told => ({ alert, reason: alert.life.state === 'resolved' ? 'resolved' : 'opened' })),
    ...news,
  ]
}

interface Envelope {
  readonly channelId: ChannelId
  readonly severity: Message['severity']
  readonly notBefore: number
  readonly madeAt: number
}

function add(tx: Transaction, { channelId, severity, notBefore, madeAt }: Envelope, told: readonly Told[]): void {
  const [first] = told
  if (first === undefined) return
  const isAlike = told.every(({ reason }) => reason === first.reason)
  addNotification(tx, {
    channelId,
    reason: isAlike && told.length <= mostInFull ? first.reason : 'summary',
    alertIds: told.map(({ alert }) => alert.id),
    message: { severity, ...(told.length === 1 ? messageOf(first) : messageOfMany(told)) },
    madeAt,
    notBefore,
  })
}

const prefixes: Partial<Record<NotificationReason, string>> = {
  reopened: 'Again: ',
  reminder: 'Still open: ',
  resolved: 'Over: ',
}

function messageOf(one: Told): Omit<Message, 'severity'> {
  const { alert, reason } = one
  const advice = alert.life.state === 'resolved' || alert.text.whatToDo === null ? [] : [alert.text.whatToDo]
  return {
    title: `${prefixes[reason] ?? ''}${titleOf(alert)}`,
    body: [sentenceOf(alert), ...advice].join('\n'),
    hash: `#/alerts/${alert.id}`,
    ...placeOfNews([one]),
  }
}

function messageOfMany(told: readonly Told[]): Omit<Message, 'severity'> {
  const over = told.filter(({ alert }) => alert.life.state === 'resolved').length
  const parts = [...(told.length > over ? [`${told.length - over} open`] : []), ...(over > 0 ? [`${over} over`] : [])]
  const shown = told.slice(0, mostInFull)
  const rest = told.length - shown.length
  return {
    title: `${told.length} alerts: ${rest === 0 ? shown.map(({ alert }) => titleOf(alert)).join('; ') : parts.join(', ')}`,
    body: [
      ...shown.map(({ alert, reason }) => `${prefixes[reason] ?? ''}${sentenceOf(alert)}`),
      ...(rest === 0 ? [] : [`And ${rest} more.`]),
    ].join('\n'),
    hash: '#/alerts',
    ...placeOfNews(told),
  }
}

/** What is over has left the lists: there the alert tells what it was. */
function placeOfNews(told: readonly Told[]): Pick<Message, 'place'> {
  const place = commonPlace(told.map(({ alert }) => alert).filter(({ life }) => life.state !== 'resolved'))
  return place === null ? {} : { place }
}

function titleOf({ rule, subject }: StoredAlert): string {
  return subject.kind === 'all' ? rule.name : `${rule.name}: ${subject.name}`
}

function sentenceOf({ life, text }: StoredAlert): string {
  if (life.resolvedAt === null) return text.sentence
  return `${text.sentence} It lasted ${minutesText(Math.max(1, (life.resolvedAt - life.openedAt) / minuteMs))}.`
}
