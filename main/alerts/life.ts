import type { AlertLife } from '#main/store/alerts.ts'
import type { AlertRule, AlertStep } from '#shared/domain/alert.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { worse, type Judgement } from '#shared/logic/judge-rule.ts'

const minuteMs = 60_000
/** What comes back so soon after its end (ms) is the same alert. */
export const reopensMs = 30 * minuteMs
/** People hear of one alert once in so long (ms), save that it is over. */
const suppressedMs = 15 * minuteMs

/** What a tick knows of an alert's rule. */
export interface Terms {
  readonly rule: Pick<AlertRule, 'metric' | 'comparison' | 'channels' | 'remindMinutes'>
  readonly now: number
  /** Quiet hours end then (ms since 1970); null: people may be told now. */
  readonly quietUntil: number | null
}

/** What becomes of an alert. `life` null: there is none. */
export interface Move {
  readonly life: AlertLife | null
  readonly steps: readonly Pick<AlertStep, 'what' | 'note'>[]
  /** Why people are to be told; null: they are not. */
  readonly tell: NotificationReason | null
}

/**
 * Where a judgement leads to.
 *
 *     (none) --fires--> open --acknowledged--> acknowledged
 *                         ^                        |
 *                         |   fires again soon     | well again, or closed by hand
 *                         +------- resolved <------+
 *
 * Much later a new alert is opened. One that was closed by hand stays so until its cause has been away, or there are more dead letters.
 * Unknown leaves everything as it is.
 */
export function judged(life: AlertLife | null, judgement: Judgement, terms: Terms): Move {
  switch (judgement.is) {
    case 'unknown':
      return { life, steps: [], tell: null }
    case 'firing':
      return fires(life, judgement.value, terms)
    case 'quiet':
      return isWell(life, judgement.value, terms)
  }
}

function fires(life: AlertLife | null, value: number, terms: Terms): Move {
  const { now } = terms
  if (life === null) return opened(value, terms)
  if (life.state !== 'resolved') return told({ ...life, value }, [], terms)
  if (life.closedValue !== null && !isWorseThanClosed(life.closedValue, value, terms))
    return { life: { ...life, value }, steps: [], tell: null }
  if (life.closedValue === null && !isSoon(life.resolvedAt, now)) return opened(value, terms)
  const again: AlertLife = {
    ...life,
    state: 'open',
    value,
    resolvedAt: null,
    closedValue: null,
    reopened: life.reopened + 1,
  }
  return told(again, [{ what: 'reopened', note: '' }], terms)
}

function opened(value: number, terms: Terms): Move {
  const made: AlertLife = {
    state: 'open',
    value,
    openedAt: terms.now,
    resolvedAt: null,
    reopened: 0,
    told: 'nothing',
    toldAt: null,
    closedValue: null,
  }
  return told(made, [{ what: 'opened', note: '' }], terms)
}

function isWell(life: AlertLife | null, value: number | null, terms: Terms): Move {
  if (life === null) return { life, steps: [], tell: null }
  if (life.state === 'resolved') return { life: { ...life, closedValue: null }, steps: [], tell: null }
  return ended(life, value === null ? 'There was nothing more to measure.' : '', terms)
}

/** Ends an alert. Its value stays what it was when it last fired. */
export function ended(life: AlertLife, note: string, terms: Terms): Move {
  return told({ ...life, state: 'resolved', resolvedAt: terms.now }, [{ what: 'resolved', note }], terms)
}

/** A person closes an alert, whatever its cause does. */
export function closed(life: AlertLife, note: string, terms: Terms): Move {
  return ended({ ...life, closedValue: life.value ?? 0 }, note, terms)
}

/** Adds what people have to hear: what is as against what they were told last. */
function told(life: AlertLife, steps: Move['steps'], terms: Terms): Move {
  const { rule, now, quietUntil } = terms
  const tell = rule.channels.length === 0 ? null : newsOf(life, terms)
  if (tell === null) return { life: life.state === 'resolved' ? endedUntold(life) : life, steps, tell }
  const isSuppressed =
    tell !== 'resolved' && quietUntil === null && life.toldAt !== null && isWithin(life.toldAt, now, suppressedMs)
  if (isSuppressed)
    return { life, steps: steps.length === 0 ? [] : [...steps, { what: 'suppressed', note: '' }], tell: null }
  const known: AlertLife = { ...life, told: tell === 'resolved' ? 'over' : 'open', toldAt: quietUntil ?? now }
  return { life: known, steps: tell === 'reminder' ? [...steps, { what: 'reminded', note: '' }] : steps, tell }
}

/** What ended without a word is over for people as well: should it come back, that is news. */
function endedUntold(life: AlertLife): AlertLife {
  return life.told === 'open' ? { ...life, told: 'over' } : life
}

function newsOf(life: AlertLife, { rule, now, quietUntil }: Terms): NotificationReason | null {
  switch (life.state) {
    case 'open':
      if (life.told === 'nothing') return 'opened'
      if (life.told === 'over') return 'reopened'
      if (rule.remindMinutes === null || quietUntil !== null || life.toldAt === null) return null
      return isWithin(life.toldAt, now, rule.remindMinutes * minuteMs) ? null : 'reminder'
    case 'acknowledged':
      return null
    case 'resolved':
      // A restart is over as soon as it has happened.
      return life.told === 'open' && rule.metric !== 'restarts' ? 'resolved' : null
  }
}

/** Whether two instants lie closer together than `ms`; one in the future was noted by a clock that was wrong. */
function isWithin(at: number, now: number, ms: number): boolean {
  return Math.abs(now - at) < ms
}

function isSoon(resolvedAt: number | null, now: number): boolean {
  return resolvedAt !== null && now - resolvedAt <= reopensMs
}

function isWorseThanClosed(closedValue: number, value: number, { rule }: Terms): boolean {
  return rule.metric === 'failing' && value !== closedValue && worse(rule, closedValue, value) === value
}
