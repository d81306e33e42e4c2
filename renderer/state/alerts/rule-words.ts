import type { AlertRule, AlertScope } from '#shared/domain/alert.ts'
import { alertMetrics, type AlertMetric, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
import type { Channel } from '#shared/domain/channel.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import { durationWords } from '../durations.ts'
import { thresholdWords } from './threshold.ts'

/** Names of what a scope can point at, by `kind:id`. */
export type ScopeNames = ReadonlyMap<string, string>

/** Each kind of scope, without an id. */
export const scopeWords: Record<AlertScopeKind, string> = {
  all: 'Patchbay as a whole',
  system: 'each system',
  source: 'each source',
  route: 'each route',
  connection: 'each connection',
}

/** "each route", "“Tickets to cases”", "Salesforce". */
export function scopeName({ kind, id }: AlertScope, names: ScopeNames): string {
  if (kind === 'all' || id === null) return scopeWords[kind]
  const system = systemName.options.find((one) => one === id)
  if (kind === 'system' && system !== undefined) return systemTitle[system]
  return `“${names.get(`${kind}:${id}`) ?? id}”`
}

/** What a rule watches, in words: "Success rate of each route below 95 % within 15 minutes". */
export function conditionSentence(
  rule: Pick<AlertRule, 'metric' | 'scope' | 'comparison' | 'threshold' | 'windowMinutes'>,
  names: ScopeNames,
): string {
  const { metric, scope, comparison, threshold, windowMinutes } = rule
  const { title, over } = alertMetrics[metric]
  const window = durationWords(windowMinutes * 60_000)
  const time = over === 'window' ? `within ${window}` : `for ${window}`
  const who = scopeName(scope, names)
  const bar = thresholdWords(metric, threshold)
  const own = ownWords[metric]?.({ who, bar, isAbove: comparison === 'above' })
  const whose = scope.kind === 'all' ? '' : ` of ${who}`
  return capital(`${own ?? `${title}${whose} ${comparison} ${bar}`} ${time}`)
}

interface Said {
  readonly who: string
  readonly bar: string
  readonly isAbove: boolean
}

/** Where the title of the metric makes no sentence. */
const ownWords: Readonly<Partial<Record<AlertMetric, (said: Said) => string>>> = {
  silence: ({ who, bar, isAbove }) => `${who} quiet for ${isAbove ? 'more' : 'less'} than ${bar} its usual gap,`,
  'sign-in': ({ who }) => `sign-in refused by ${who}`,
  held: ({ who }) => `deliveries to ${who} held back`,
  'source-trouble': ({ who }) => `${who} in trouble`,
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Who is told: "On this computer, Slack", or that nobody is. */
export function toldSentence(
  rule: Pick<AlertRule, 'channels'>,
  channels: readonly Pick<Channel, 'id' | 'name'>[],
): string {
  if (rule.channels.length === 0) return 'shown here only'
  return rule.channels.map((id) => channels.find((one) => one.id === id)?.name ?? id).join(', ')
}

/** The whole rule in one sentence. */
export function ruleSentence(
  rule: AlertRule,
  names: ScopeNames,
  channels: readonly Pick<Channel, 'id' | 'name'>[],
): string {
  return `${conditionSentence(rule, names)} → ${toldSentence(rule, channels)}`
}

/** What is unusual about when people are told: "Quiet from 22:00 to 06:00. Reminds every 2 hours." Empty when nothing is. */
export function timingSentence({ channels, quietHours, remindMinutes }: AlertRule): string {
  if (channels.length === 0) return ''
  const quiet = quietHours === null ? [] : [`Quiet from ${quietHours.from} to ${quietHours.to}.`]
  const reminder = remindMinutes === null ? [] : [`Reminds every ${durationWords(remindMinutes * 60_000)}.`]
  return [...quiet, ...reminder].join(' ')
}
