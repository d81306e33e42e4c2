import type { StoredAlert } from '#main/store/alerts.ts'
import type { Message } from '#main/store/notifications.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { commonPlace } from './place-of.ts'
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
export function reasonByNow(alert: StoredAlert): NotificationReason {
  if (isOver(alert)) return 'resolved'
  return alert.life.reopened > 0 ? 'reopened' : 'opened'
}

/** Whether there is an end to tell of: a restart is over as soon as it has happened. */
export function isOver({ life, rule }: StoredAlert): boolean {
  return life.state === 'resolved' && rule.metric !== 'restarts'
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

export function textOfOne(one: Told): Text {
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
  const [open, over] = [told.filter(({ alert }) => alert.life.state !== 'resolved').length, countOver(told)]
  const parts = [...(open > 0 ? [`${open} open`] : []), ...(over > 0 ? [`${over} over`] : [])]
  const names = told.map(({ alert }) => titleOf(alert)).join('; ')
  return {
    title: `${told.length} alerts: ${told.length <= mostInFull ? names : parts.join(', ')}`,
    body: linesOf(told).join('\n'),
    hash: '#/alerts',
    ...placeOfNews(told),
  }
}

/** What is over has left the lists: there the alert tells what it was. */
function placeOfNews(told: readonly Told[]): Pick<Text, 'place'> {
  const place = commonPlace(told.map(({ alert }) => alert).filter(({ life }) => life.state !== 'resolved'))
  return place === null ? {} : { place }
}

export function linesOf(told: readonly Told[]): string[] {
  const shown = told.slice(0, mostInFull)
  const rest = told.length - shown.length
  return [
    ...shown.map((one) => `${prefixes[one.reason] ?? ''}${sentenceOf(one.alert)}`),
    ...(rest === 0 ? [] : [`And ${rest} more.`]),
  ]
}

export function countOver(told: readonly Told[]): number {
  return told.filter(({ alert }) => isOver(alert)).length
}

function titleOf({ rule, subject }: StoredAlert): string {
  return subject.kind === 'all' ? rule.name : `${rule.name}: ${subject.name}`
}

function sentenceOf({ life, text, rule }: StoredAlert): string {
  if (life.resolvedAt === null || rule.metric === 'restarts') return text.sentence
  return `${text.sentence} It lasted ${minutesText(Math.max(1, (life.resolvedAt - life.openedAt) / minuteMs))}.`
}
