import { addAlertStep, causeKey, insertAlert, noteResolved, updateAlert, type StoredAlert } from '#main/store/alerts.ts'
import type { WatchedSubject } from '#main/store/rule-history.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertRule, AlertSubject } from '#shared/domain/alert.ts'
import type { Judgement } from '#shared/logic/judge-rule.ts'
import { ended, judged, type Move, type Terms } from './life.ts'
import { placeOf } from './place-of.ts'
import { quietUntil } from './quiet-hours.ts'
import { subjectsOf, type Site } from './site.ts'
import type { News } from './tell.ts'
import { adviceOn, describeAlert } from './words.ts'

/** What a rule said of one of its subjects. */
export interface Verdict {
  readonly rule: AlertRule
  readonly subject: WatchedSubject
  readonly judgement: Judgement
}

export interface Session {
  /** ms since 1970. */
  readonly now: number
  readonly verdicts: readonly Verdict[]
  /** By cause: alerts that a verdict may concern. */
  readonly current: ReadonlyMap<string, StoredAlert>
  /** As they are now; some may have been changed since the verdicts. */
  readonly rules: readonly AlertRule[]
  readonly site: Site
}

/** Writes down what follows from the verdicts, and ends what nobody watches any more; answers what people are to hear. */
export function settle(tx: Transaction, session: Session): News[] {
  const rules = new Map(session.rules.map((rule) => [rule.id, rule]))
  const watched = new Set<string>()
  const news = session.verdicts.flatMap(({ rule, subject, judgement }) => {
    const now = rules.get(rule.id)
    const cause = causeKey(rule.id, subject)
    watched.add(cause)
    // Changed by a person since it was judged: the next minute judges what it is now.
    if (now === undefined || JSON.stringify(now) !== JSON.stringify(rule)) return []
    const known = session.current.get(cause) ?? null
    const move = judged(known?.life ?? null, judgement, termsOf(rule, session.now))
    return carryOut(tx, session, { rule, subject, known, move })
  })
  const left = [...session.current].filter(([cause, { life }]) => !watched.has(cause) && life.state !== 'resolved')
  return [...news, ...left.flatMap(([, alert]) => endUnwatched(tx, session, alert, rules.get(alert.rule.id)))]
}

export function termsOf(rule: AlertRule, now: number): Terms {
  return { rule, now, quietUntil: quietUntil(rule.quietHours, now) }
}

function endUnwatched(tx: Transaction, session: Session, known: StoredAlert, rule: AlertRule | undefined): News[] {
  const { subject } = known
  const isThere =
    rule !== undefined &&
    subjectsOf(rule.scope, rule.metric, session.site).some(({ id, kind }) => id === subject.id && kind === subject.kind)
  // Both are there: the rule was switched on or widened since the verdicts.
  if (rule?.enabled === true && isThere) return []
  const note = rule?.enabled === true ? 'It is not watched any more.' : 'The rule was switched off.'
  const move = ended(known.life, note, termsOf(known.rule, session.now))
  return carryOut(tx, session, { rule: known.rule, subject, known, move })
}

interface Change {
  readonly rule: AlertRule
  readonly subject: AlertSubject
  readonly known: StoredAlert | null
  readonly move: Move
  /** Whoever did it; absent: it came by itself. */
  readonly who?: string | null
}

/** Writes a move down; answers what people are to hear of it. */
export function carryOut(tx: Transaction, { now, site }: Pick<Session, 'now' | 'site'>, change: Change): News[] {
  const {
    rule,
    subject: { kind, id, name },
    known,
    move,
    who = null,
  } = change
  const { life, steps, tell } = move
  if (life === null || (steps.length === 0 && tell === null && JSON.stringify(life) === JSON.stringify(known?.life)))
    return []
  const subject = { kind, id, name }
  const text = {
    sentence: describeAlert(rule, subject, life.value, life.state === 'resolved'),
    whatToDo: adviceOn(rule.metric),
    place: placeOf(rule, subject, life.openedAt, site),
  }
  const isNew = known === null || (known.life.state === 'resolved' && steps[0]?.what === 'opened')
  const alert: StoredAlert = {
    rule,
    subject,
    life,
    text,
    id: isNew ? insertAlert(tx, { rule, subject, life, text }) : known.id,
  }
  if (!isNew) updateAlert(tx, alert)
  for (const { what, note } of steps) {
    addAlertStep(tx, alert.id, { at: now, what, who, note, value: life.value })
    if (what === 'resolved') noteResolved(tx, alert.id, { at: now, who, note })
  }
  return tell === null ? [] : [{ alert, reason: tell, notBefore: quietUntil(rule.quietHours, now) ?? now }]
}
