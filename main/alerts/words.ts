import type { AlertMetric, AlertUnit } from '#shared/domain/alert-metric.ts'
import { alertMetrics } from '#shared/domain/alert-metric.ts'
import type { AlertRule, AlertSubject } from '#shared/domain/alert.ts'

/** What a sentence is made of, all but the verbs in words. */
interface Said {
  /** The subject as it stands after "of" or "to". */
  readonly name: string
  /** The connection or source that does it; of several, one that is not named. */
  one(what: 'connection' | 'source'): string
  readonly value: string
  readonly bar: string
  /** "in the last 15 minutes", of an alert that is over "within 15 minutes". */
  readonly within: string
  /** The verb in the present, or in the past when it is over. */
  verb(now: string, then: string): string
}

type Rule = Pick<AlertRule, 'metric' | 'comparison' | 'threshold' | 'windowMinutes'>

/** What is the matter, or was, in a sentence with its figures. */
export function describeAlert(rule: Rule, subject: AlertSubject, value: number | null, isOver: boolean): string {
  const { unit } = alertMetrics[rule.metric]
  const minutes = minutesText(rule.windowMinutes)
  return sentences[rule.metric]({
    name: subject.kind === 'all' ? 'everything' : subject.name,
    one: (what) => oneOf(subject, what),
    value: value === null ? 'nothing' : valueText(value, unit),
    bar: `${rule.comparison === 'above' ? 'more than' : 'less than'} ${valueText(rule.threshold, unit)}`,
    within: isOver ? `within ${minutes}` : `in the last ${minutes}`,
    verb: (now, then) => (isOver ? then : now),
  })
}

function oneOf({ kind, name }: AlertSubject, what: 'connection' | 'source'): string {
  if (kind === 'all') return `A ${what}`
  return kind === 'system' && what === 'source' ? `A source of ${name}` : name
}

const rate =
  (what: string, of: string) =>
  ({ name, value, bar, within }: Said): string =>
    `The ${what} of ${name} was ${value} of the ${of} ${within}; ${bar} is alerted.`

const number =
  (what: string) =>
  ({ name, value, bar, within }: Said): string =>
    `There were ${value} ${what} of ${name} ${within}; ${bar} is alerted.`

const time =
  (share: string) =>
  ({ name, value, bar, within }: Said): string =>
    `${share} of the deliveries of ${name} took up to ${value} ${within}; ${bar} is alerted.`

const sentences: Readonly<Record<AlertMetric, (said: Said) => string>> = {
  'success-rate': rate('success rate', 'deliveries that ended'),
  'error-rate': rate('error rate', 'attempts'),
  volume: number('events'),
  rejections: number('refused requests'),
  retries: number('retries'),
  'dead-letters': number('new dead letters'),
  p50: time('Half'),
  p95: time('95 %'),
  p99: time('99 %'),
  restarts: ({ value, within }) => `Patchbay was started anew ${value === '1' ? 'once' : `${value} times`} ${within}.`,
  lag: ({ name, value, bar, verb }) =>
    `The oldest delivery of ${name} ${verb('has been waiting', 'had been waiting')} for ${value}; ${bar} is alerted.`,
  depth: ({ name, value, bar, verb }) =>
    `${value} deliveries of ${name} ${verb('have', 'had')} not ended; ${bar} is alerted.`,
  failing: ({ name, value, verb }) =>
    value === '1'
      ? `A dead letter of ${name} ${verb('waits', 'waited')} for a person.`
      : `${value} dead letters of ${name} ${verb('wait', 'waited')} for a person.`,
  budget: ({ name, value, verb }) => `${value} of the API calls of 24 hours to ${name} ${verb('are', 'were')} used up.`,
  silence: ({ one, value, verb }) =>
    `${one('source')} ${verb('has been', 'had been')} quiet for ${value} as long as usual.`,
  idle: ({ name, value, bar, verb }) =>
    `No event ${verb('has come', 'came')} from ${name} for ${value}; ${bar} is alerted.`,
  'sign-in': ({ one, verb }) =>
    `${one('connection')} ${verb('refuses', 'refused')} the sign-in, so nothing ${verb('is', 'was')} sent to it.`,
  held: ({ one, verb }) =>
    `${one('connection')} ${verb('does', 'did')} not take deliveries; they ${verb('wait', 'waited')} in order.`,
  'source-trouble': ({ one, verb }) =>
    `${one('source')} ${verb('does', 'did')} not work as it should, so events may be missing.`,
  disk: ({ value, bar, verb }) => `The disk ${verb('has', 'had')} ${value} left for Patchbay; ${bar} is alerted.`,
  memory: ({ value, bar, verb }) => `Patchbay ${verb('uses', 'used')} ${value} of memory; ${bar} is alerted.`,
}

const advice: Readonly<Record<AlertMetric, string | null>> = {
  'success-rate': 'Open the failures, mend the most frequent cause and replay them.',
  'error-rate': 'Open the events and look at what the attempts were answered.',
  volume: 'Change a record there and see whether the event arrives; if not, look at what sends it.',
  rejections: 'Look at the refused requests: a wrong secret or a sender that is not ours.',
  retries: 'Nothing to do as long as they get through; look at the other system when they grow.',
  'dead-letters': 'Open the failures, mend the cause and replay them.',
  p50: 'Look at what waits, and whether the other system answers slowly.',
  p95: 'Look at what waits, and whether the other system answers slowly.',
  p99: 'Look at what waits, and whether the other system answers slowly.',
  restarts: 'If nobody did that, look at the log, and whether the machine was restarted.',
  lag: 'Look at what holds them: the connection, a record that has to be there first, or a choice of yours.',
  depth: 'Nothing to do while they get fewer; look at the connection when they grow.',
  failing: 'Open the failures, mend the cause and replay them, or discard them with a reason.',
  budget: 'Look for what else uses them, or raise the limit. Replays stop first, then live events.',
  silence: 'Change a record there and see whether the event arrives; if not, look at what sends it.',
  idle: 'Change a record there and see whether the event arrives; if not, look at what sends it.',
  'sign-in': 'Renew the credentials of the connection and test it; deliveries go on in order by themselves.',
  held: 'Patchbay tries again by itself. Look at the other system if it lasts.',
  'source-trouble': 'Test the source: the test says what is wrong, and mends callbacks that were switched off.',
  disk: 'Make room on the disk. When it is full, senders are asked to come back later and nothing is sent.',
  memory: 'Restart Patchbay at a quiet moment, and send a support bundle if it comes again.',
}

/** What a person can do about it. */
export function adviceOn(metric: AlertMetric): string | null {
  return advice[metric]
}

/** A value as people say it: "93.5 %", "14 minutes", "1.2 GB". */
export function valueText(value: number, unit: AlertUnit): string {
  switch (unit) {
    case 'percent':
      return `${rounded(value)} %`
    case 'count':
      return Math.round(value).toLocaleString('en')
    case 'ms':
      return value < 1_000
        ? `${Math.round(value)} ms`
        : value < 120_000
          ? `${rounded(value / 1_000)} s`
          : minutesText(value / 60_000)
    case 'minutes':
      return minutesText(value)
    case 'megabytes':
      return value < 10_240 ? `${Math.round(value).toLocaleString('en')} MB` : `${rounded(value / 1_024)} GB`
    case 'times':
      return `${rounded(value)} times`
    case 'yes-or-no':
      return value > 0 ? 'yes' : 'no'
  }
}

/** A stretch of so many minutes: "1 minute", "15 minutes", "2 hours 5 minutes", "3 days". */
export function minutesText(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes))
  if (whole < 120) return whole === 1 ? '1 minute' : `${whole} minutes`
  if (whole >= 2_880) return `${Math.floor(whole / 1_440)} days`
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  const more = rest === 0 ? '' : rest === 1 ? ' 1 minute' : ` ${rest} minutes`
  return `${hours} hours${more}`
}

/** With one decimal place at most. */
function rounded(value: number): string {
  return (Math.round(value * 10) / 10).toLocaleString('en')
}
