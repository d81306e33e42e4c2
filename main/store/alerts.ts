import type { Severity } from '#shared/domain/alert-counts.ts'
import { alertCounts, severity, type AlertCounts } from '#shared/domain/alert-counts.ts'
import type { Alert, AlertRule, AlertState, AlertStep, AlertSubject } from '#shared/domain/alert.ts'
import type { AlertId, AlertRuleId, ChannelId, NotificationId } from '#shared/domain/ids.ts'
import type { Rows } from './find-records.ts'
import { parseColumn } from './read/json.ts'
import type { Transaction } from './transaction.ts'

/** Where an alert is in its life, and what people know of it. */
export interface AlertLife {
  readonly state: AlertState
  /** As last measured. */
  readonly value: number | null
  readonly openedAt: number
  readonly resolvedAt: number | null
  readonly reopened: number
  /** What people were told last. */
  readonly told: 'nothing' | 'open' | 'over'
  readonly toldAt: number | null
  /** Closed by hand at this value, and its cause has not been away since. */
  readonly closedValue: number | null
}

/** An alert as the watch goes on with it. */
export interface StoredAlert {
  readonly id: AlertId
  readonly rule: AlertRule
  readonly subject: AlertSubject
  readonly life: AlertLife
  readonly text: AlertText
}

/** What an alert says to people. */
export type AlertText = Pick<Alert, 'sentence' | 'whatToDo' | 'place'>

interface Row extends AlertLife {
  readonly id: AlertId
  readonly rule: string
  readonly kind: AlertSubject['kind']
  readonly subjectId: string
  readonly name: string
  readonly sentence: string
  readonly whatToDo: string | null
  readonly place: string
}

const columns = `id, rule, subject_kind as kind, subject_id as subjectId, subject_name as name, state, sentence, what_to_do as whatToDo, place,
  value, opened_at as openedAt, resolved_at as resolvedAt, reopened, told, told_at as toldAt, closed_value as closedValue`

/** What names the cause: there is one unresolved alert of it at most. */
export function causeKey(ruleId: AlertRuleId, { kind, id }: Pick<AlertSubject, 'kind' | 'id'>): string {
  return `${ruleId} ${kind}:${id}`
}

/** By `causeKey`: the alerts that are not resolved, that were at `since` or later, or that a person has closed with their cause still there. */
export function loadCurrent(tx: Transaction, since: number): Map<string, StoredAlert> {
  const rows = tx.all<Row>(
    `select ${columns} from alerts where id in (
       select id from alerts indexed by alerts_unresolved where state <> 'resolved'
       union select id from alerts indexed by alerts_by_end where state = 'resolved' and resolved_at >= ?
       union select id from alerts where closed_value is not null) order by id`,
    since,
  )
  return new Map(rows.map(toStored).map((one) => [causeKey(one.rule.id, one.subject), one]))
}

export function findAlert(rows: Rows, id: AlertId): StoredAlert | null {
  const row = rows.get<Row>(`select ${columns} from alerts where id = ?`, id)
  return row === undefined ? null : toStored(row)
}

function toStored(row: Row): StoredAlert {
  const { id, rule, kind, subjectId, name, sentence, whatToDo, place, ...life } = row
  return {
    id,
    rule: JSON.parse(rule) as AlertRule,
    subject: { kind, id: subjectId, name },
    life,
    text: { sentence, whatToDo, place: JSON.parse(place) as Alert['place'] },
  }
}

export function insertAlert(tx: Transaction, one: Omit<StoredAlert, 'id'>): AlertId {
  const { rule, subject, life, text } = one
  const { lastInsertRowid } = tx.run(
    `insert into alerts (rule_id, rule, subject_kind, subject_id, subject_name, state, sentence, what_to_do, place, value, opened_at, told, told_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    rule.id,
    JSON.stringify(rule),
    subject.kind,
    subject.id,
    subject.name,
    life.state,
    text.sentence,
    text.whatToDo,
    JSON.stringify(text.place),
    life.value,
    life.openedAt,
    life.told,
    life.toldAt,
  )
  tx.notes.health = true
  return lastInsertRowid as AlertId
}

/** What became of an alert; the rule is noted as it is now. */
export function updateAlert(tx: Transaction, { id, rule, life, text }: StoredAlert): void {
  tx.run(
    `update alerts set rule = ?, state = ?, sentence = ?, what_to_do = ?, place = ?, value = ?, resolved_at = ?, reopened = ?, told = ?, told_at = ?,
       closed_value = ?, acknowledged_at = iif(? = 'open', null, acknowledged_at) where id = ?`,
    JSON.stringify(rule),
    life.state,
    text.sentence,
    text.whatToDo,
    JSON.stringify(text.place),
    life.value,
    life.resolvedAt,
    life.reopened,
    life.told,
    life.toldAt,
    life.closedValue,
    life.state,
    id,
  )
  tx.notes.health = true
}

/** Who did it, when and why, beside the state. `who` null: by itself. */
export interface Hand {
  readonly at: number
  readonly who: string | null
  readonly note: string
}

export function noteAcknowledged(tx: Transaction, id: AlertId, { at, who, note }: Hand): void {
  tx.run(
    'update alerts set acknowledged_at = ?, acknowledged_by = ?, acknowledged_note = ? where id = ?',
    at,
    who,
    note,
    id,
  )
}

export function noteResolved(tx: Transaction, id: AlertId, { who, note }: Hand): void {
  tx.run('update alerts set resolved_by = ?, resolved_note = ? where id = ?', who, note, id)
}

export function addAlertStep(tx: Transaction, id: AlertId, { at, what, who, note, value }: AlertStep): void {
  tx.run(
    'insert into alert_steps (alert_id, at, what, who, note, value) values (?, ?, ?, ?, ?, ?)',
    id,
    at,
    what,
    who,
    note,
    value,
  )
}

/** For the health page and the icon. */
export function countAlerts(rows: Rows): AlertCounts {
  const found = rows.all<{ state: 'open' | 'acknowledged'; severity: Severity; count: number }>(
    `select state, rule ->> '$.severity' as severity, count(*) as count from alerts indexed by alerts_unresolved
     where state <> 'resolved' group by 1, 2`,
  )
  const sum = (state: string): number =>
    found.filter((one) => one.state === state).reduce((all, { count }) => all + count, 0)
  const open = found.filter(({ state }) => state === 'open').map((one) => severity.options.indexOf(one.severity))
  const worst = severity.options[Math.max(-1, ...open)] ?? null
  return alertCounts.parse({ open: sum('open'), acknowledged: sum('acknowledged'), worst })
}

/** How many alerts are not resolved. */
export type Unresolved = Pick<AlertCounts, 'open' | 'acknowledged'>

/** Of the alerts of this severity that this channel is told of. */
export function countUnresolvedFor(rows: Rows, channelId: ChannelId, severity: Severity): Unresolved {
  const found = rows.all<{ state: keyof Unresolved; count: number }>(
    `select state, count(*) as count from alerts indexed by alerts_unresolved where state <> 'resolved'
       and rule ->> '$.severity' = ? and exists (select 1 from json_each(rule, '$.channels') where value = ?) group by state`,
    severity,
    channelId,
  )
  return { open: 0, acknowledged: 0, ...Object.fromEntries(found.map(({ count, state }) => [state, count])) }
}

/** Whether a person has acknowledged it since it was opened or reopened. */
export function wasAcknowledged(rows: Rows, id: AlertId): boolean {
  return rows.get('select 1 from alerts where id = ? and acknowledged_at is not null', id) !== undefined
}

/** Nobody was told of an acknowledged alert, and nobody will be by `besides`: so nobody has to hear that it is over, unless another tells of it. */
export function noteUntold(tx: Transaction, id: AlertId, besides: NotificationId): void {
  tx.run(
    `update alerts set told = 'nothing' where id = ? and state = 'acknowledged' and not exists (
       select 1 from notification_alerts a join notifications n on n.id = a.notification_id
       where a.alert_id = alerts.id and n.id <> ? and n.state <> 'failed')`,
    id,
    besides,
  )
}

/** Alert rules, by name. */
export function loadRules(rows: Rows): AlertRule[] {
  return rows
    .all<{ document: string }>(`select document from alert_rules order by document ->> '$.name' collate nocase, id`)
    .map(({ document }) => parseColumn<AlertRule | null>(document, null))
    .filter((one) => one !== null)
}

export function saveRule(tx: Transaction, rule: AlertRule, at: number): void {
  tx.run(
    `insert into alert_rules (id, document, saved_at) values (?, ?, ?)
     on conflict do update set document = excluded.document, saved_at = excluded.saved_at`,
    rule.id,
    JSON.stringify(rule),
    at,
  )
}

/** Answers false when there was none. */
export function deleteRule(tx: Transaction, id: AlertRuleId): boolean {
  return tx.run('delete from alert_rules where id = ?', id).changes === 1
}

const dayMs = 24 * 3_600_000
const alertsKeptMs = 400 * dayMs
const notificationsKeptMs = 90 * dayMs

/** Takes away up to `limit` alerts and notifications each that are older than they are kept; answers how many. */
export function pruneAlerts(tx: Transaction, now: number, limit: number): number {
  const alerts = tx.run(
    `delete from alerts where id in
       (select id from alerts indexed by alerts_by_end where state = 'resolved' and resolved_at < ? order by resolved_at limit ?)`,
    now - alertsKeptMs,
    limit,
  )
  const notifications = tx.run(
    `delete from notifications where id in
       (select id from notifications where made_at < ? and state <> 'waiting' order by made_at limit ?)`,
    now - notificationsKeptMs,
    limit,
  )
  return alerts.changes + notifications.changes
}
