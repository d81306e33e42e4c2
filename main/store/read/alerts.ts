import type { Page } from '#shared/contract/page.ts'
import type { Alert, AlertDetail, AlertRule, AlertState, AlertStep, RuleTrial } from '#shared/domain/alert.ts'
import type { Notification } from '#shared/domain/notification.ts'
import { minuteMs, minuteOf } from '#shared/logic/rule-history.ts'
import { firings } from '#shared/logic/rule-firings.ts'
import { countAlerts, loadRules } from '../alerts.ts'
import { loadHistory, type WatchedSubject } from '../rule-history.ts'
import { parseColumn } from './json.ts'
import { readPage, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

export interface AlertQuery extends Slice {
  readonly state?: AlertState | undefined
  readonly ruleId?: string | undefined
}

const columns = `t.id, t.rule, t.subject_kind as kind, t.subject_id as subjectId, t.subject_name as name, t.state, t.sentence,
  t.what_to_do as whatToDo, t.place, t.value, t.opened_at as openedAt, t.acknowledged_at as acknowledgedAt, t.acknowledged_by as acknowledgedBy,
  t.acknowledged_note as acknowledgedNote, t.resolved_at as resolvedAt, t.resolved_by as resolvedBy, t.resolved_note as resolvedNote, t.reopened`

interface Row extends Pick<Alert, 'id' | 'state' | 'sentence' | 'whatToDo' | 'value' | 'openedAt' | 'reopened'> {
  readonly rule: string
  readonly kind: Alert['subject']['kind']
  readonly subjectId: string
  readonly name: string
  readonly place: string
  readonly acknowledgedAt: number | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedNote: string
  readonly resolvedAt: number | null
  readonly resolvedBy: string | null
  readonly resolvedNote: string
}

/** Days that a rule is tried out on. */
const trialDays = 7

/** Reads of alerts and their rules. */
export function alertReads(reading: Reading) {
  function listAlerts(query: AlertQuery): Page<Alert> {
    const { state, ruleId } = query
    const byState: Term[] = state === undefined ? [] : [{ sql: 't.state = ?', values: [state] }]
    const byRule: Term[] = ruleId === undefined ? [] : [{ sql: 't.rule_id = ?', values: [ruleId] }]
    const listing = { table: 'alerts', columns }
    const found =
      ruleId === undefined
        ? { ...listing, index: state === undefined ? null : 'alerts_by_state', found: byState, tried: [] }
        : { ...listing, index: 'alerts_by_rule', found: byRule, tried: byState }
    return readPage<Row, Alert>(reading, found, query, toAlert)
  }

  function getAlert(id: number): AlertDetail | null {
    return reading.together(() => {
      const row = reading.get<Row>(`select ${columns} from alerts t where t.id = ?`, id)
      if (row === undefined) return null
      return { ...toAlert(row), steps: stepsOf(id), notifications: notificationsOf(id) }
    })
  }

  function stepsOf(id: number): AlertStep[] {
    return reading.all<AlertStep>(
      'select at, what, who, note, value from alert_steps where alert_id = ? order by id',
      id,
    )
  }

  function notificationsOf(id: number): Notification[] {
    return reading
      .all<Omit<Notification, 'alertIds'> & { readonly alertIds: string }>(
        `select n.id, n.channel_id as channelId, n.reason, n.message ->> '$.title' as title, n.state, n.attempts, n.made_at as madeAt,
           n.sent_at as sentAt, iif(n.state = 'waiting', n.next_at, null) as nextAt, n.failure,
           (select json_group_array(all_of.alert_id) from notification_alerts all_of where all_of.notification_id = n.id) as alertIds
         from notification_alerts a join notifications n on n.id = a.notification_id where a.alert_id = ? order by n.id`,
        id,
      )
      .map((row) => ({ ...row, alertIds: parseColumn<Notification['alertIds']>(row.alertIds, []) }))
  }

  /** When a rule would have fired in the last days, at each of these subjects. */
  function tryRule(rule: AlertRule, subjects: readonly WatchedSubject[], now: number): RuleTrial {
    const to = minuteOf(now)
    const from = to - trialDays * 24 * 60 * minuteMs
    const found = subjects.flatMap(({ parts, ...subject }) => {
      const history = loadHistory(reading, rule.metric, { ...subject, parts }, from - rule.windowMinutes * minuteMs, to)
      return firings(rule, history, from, to).map((one) => ({ subject, ...one }))
    })
    const sorted = found.toSorted((one, other) => one.from - other.from)
    return { from, to, sentence: trialSentence(sorted.length), firings: sorted }
  }

  return {
    listAlerts,
    getAlert,
    tryRule,
    alertCounts: () => countAlerts(reading),
    listRules: () => loadRules(reading),
  }
}

function toAlert(row: Row): Alert {
  const rule = JSON.parse(row.rule) as AlertRule
  const { id, state, sentence, whatToDo, value, openedAt, reopened } = row
  return {
    ...{ id, state, sentence, whatToDo, value, openedAt, reopened },
    ruleId: rule.id,
    ruleName: rule.name,
    metric: rule.metric,
    severity: rule.severity,
    threshold: rule.threshold,
    subject: { kind: row.kind, id: row.subjectId, name: row.name },
    acknowledged:
      row.acknowledgedAt === null
        ? null
        : { at: row.acknowledgedAt, who: row.acknowledgedBy ?? '', note: row.acknowledgedNote },
    resolved: row.resolvedAt === null ? null : { at: row.resolvedAt, who: row.resolvedBy, note: row.resolvedNote },
    place: parseColumn<Alert['place']>(row.place, { screen: 'live', filter: '' }),
  }
}

function trialSentence(count: number): string {
  const times = count === 1 ? 'once' : `${count} times`
  return count === 0
    ? `In the last ${trialDays} days it would not have fired.`
    : `In the last ${trialDays} days it would have fired ${times}.`
}
