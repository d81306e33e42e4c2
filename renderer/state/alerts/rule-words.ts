import type { AlertRule, AlertScope } from '#shared/domain/alert.ts'
import { alertMetrics, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
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
  const { title, over, unit } = alertMetrics[metric]
  const isAll = scope.kind === 'all'
  const window = durationWords(windowMinutes * 60_000)
  const time = over === 'window' ? `within ${window}` : `for ${window}`
  if (unit === 'yes-or-no') return `${title}${isAll ? '' : ` at ${scopeName(scope, names)}`} ${time}`
  const whose = isAll ? '' : ` of ${scopeName(scope, names)}`
  return `${title}${whose} ${comparison} ${thresholdWords(metric, threshold)} ${time}`
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
