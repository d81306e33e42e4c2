import type { StoredAlert } from '#main/store/alerts.ts'
import type { Message } from '#main/store/notifications.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { commonPlace } from './place-of.ts'
import { stormMs } from './storm.ts'
import { minutesText } from './words.ts'

const minuteMs = 60_000
/** More alerts than this are told in a summary. */
const mostInFull = 5

/** An alert as it is to be told, and why. */
export interface Told {
  readonly alert: StoredAlert
  readonly reason: NotificationReason
}

/** What a message says, besides how grave it is. */
export type Text = Omit<Message, 'severity'>

/** Why an alert that has waited in a message is told by now. */
export function reasonByNow({ life, rule }: StoredAlert): NotificationReason {
  // A restart is over as soon as it has happened.
  if (life.state === 'resolved' && rule.metric !== 'restarts') return 'resolved'
  return life.reopened > 0 ? 'reopened' : 'opened'
}

/** What a message is about: one thing about all of its alerts, or a summary. */
export function reasonOf(told: readonly Told[]): NotificationReason {
  const [first] = told
  const isAlike = told.every(({ reason }) => reason === first?.reason)
  return first !== undefined && isAlike && told.length <= mostInFull ? first.reason : 'summary'
}

const prefixes: Partial<Record<NotificationReason, string>> = {
  reopened: 'Again: ',
  reminder: 'Still open: ',
  resolved: 'Over: ',
}

export function textOf(told: readonly Told[]): Text {
  const [first] = told
  return first !== undefined && told.length === 1 ? textOfOne(first) : textOfMany(told)
}

function textOfOne(one: Told): Text {
  const { alert } = one
  const advice = alert.life.state === 'resolved' || alert.text.whatToDo === null ? [] : [alert.text.whatToDo]
  return {
    title: `${prefixes[one.reason] ?? ''}${titleOf(alert)}`,
    body: [sentenceOf(alert), ...advice].join('\n'),
    hash: `#/alerts/${alert.id}`,
    ...placeOfNews([one]),
  }
}

function textOfMany(told: readonly Told[]): Text {
  const over = countOver(told)
  const parts = [...(told.length > over ? [`${told.length - over} open`] : []), ...(over > 0 ? [`${over} over`] : [])]
  const names = told.map(({ alert }) => titleOf(alert)).join('; ')
  return {
    title: `${told.length} alerts: ${told.length <= mostInFull ? names : parts.join(', ')}`,
    body: linesOf(told).join('\n'),
    hash: '#/alerts',
    ...placeOfNews(told),
  }
}

/** What came in a stretch of a storm, with how many alerts are open in all; none: it is the all-clear. */
export function textOfStorm(told: readonly Told[], open: number): Text {
  const over = countOver(told)
  const title =
    open === 0
      ? `All clear: ${over === 1 ? 'the last alert is' : `${over} alerts are`} over`
      : `Many alerts: ${open} open${over > 0 ? `, ${over} over` : ''}`
  const often = `While there are so many, news comes once in ${minutesText(stormMs / minuteMs)}.`
  return { title, body: [...linesOf(told), ...(open === 0 ? [] : [often])].join('\n'), hash: '#/alerts' }
}

/** What is over has left the lists: there the alert tells what it was. */
function placeOfNews(told: readonly Told[]): Pick<Text, 'place'> {
  const place = commonPlace(told.map(({ alert }) => alert).filter(({ life }) => life.state !== 'resolved'))
  return place === null ? {} : { place }
}

function linesOf(told: readonly Told[]): string[] {
  const shown = told.slice(0, mostInFull)
  const rest = told.length - shown.length
  return [
    ...shown.map((one) => `${prefixes[one.reason] ?? ''}${sentenceOf(one.alert)}`),
    ...(rest === 0 ? [] : [`And ${rest} more.`]),
  ]
}

function countOver(told: readonly Told[]): number {
  return told.filter(({ alert }) => alert.life.state === 'resolved').length
}

function titleOf({ rule, subject }: StoredAlert): string {
  return subject.kind === 'all' ? rule.name : `${rule.name}: ${subject.name}`
}

function sentenceOf({ life, text, rule }: StoredAlert): string {
  if (life.resolvedAt === null || rule.metric === 'restarts') return text.sentence
  return `${text.sentence} It lasted ${minutesText(Math.max(1, (life.resolvedAt - life.openedAt) / minuteMs))}.`
}
