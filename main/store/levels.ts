import type { AlertMetric, AlertScopeKind } from '#shared/domain/alert-metric.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import type { Rows } from './find-records.ts'
import { readSetting, writeSetting } from './settings.ts'
import type { Transaction } from './transaction.ts'

const dayMs = 24 * 60 * minuteMs
/** Steps are kept for so long (ms): a day more than rules are tried out on. */
const keptMs = 8 * dayMs

/** What was seen of one subject at a look. `running` is 1 at each look of all. */
export interface Level {
  readonly metric: AlertMetric | 'running'
  readonly scope: AlertScopeKind
  readonly id: string
  /** null: it is not looked at. */
  readonly value: number | null
}

/** The newest value of each level, by `levelKey`. Marks of restarts are none. */
export function loadLevels(rows: Rows): Map<string, Level> {
  const found = rows.all<Level>(
    `select metric, scope, id, value, max(at) from levels where metric <> 'restarts' group by metric, scope, id`,
  )
  return new Map(
    found.map(({ metric, scope, id, value }) => [levelKey({ metric, scope, id }), { metric, scope, id, value }]),
  )
}

export function levelKey({ metric, scope, id }: Omit<Level, 'value'>): string {
  return `${metric} ${scope}:${id}`
}

/** Notes that a level has another value from a minute on. */
export function addStep(tx: Transaction, { metric, scope, id, value }: Level, at: number): void {
  tx.run(
    `insert into levels (metric, scope, id, at, value) values (?, ?, ?, ?, ?) on conflict do update set value = excluded.value`,
    metric,
    scope,
    id,
    at,
    value,
  )
}

/** Marks a start of the relay. */
export function markRestart(tx: Transaction, at: number): void {
  addStep(tx, { metric: 'restarts', scope: 'all', id: '', value: 1 }, at)
}

/** The minute (ms since 1970) that levels were last looked at for; null: never. */
export function lastLook(rows: Rows): number | null {
  const stored = readSetting(rows, 'levels-looked')
  return typeof stored === 'number' ? stored : null
}

export function noteLook(tx: Transaction, at: number): void {
  writeSetting(tx, 'levels-looked', at)
}

/** The clock was set back, and minutes are looked at anew from this one (ms since 1970) on. */
export function noteAnew(tx: Transaction, minute: number): void {
  writeSetting(tx, 'levels-anew', minute)
}

/** The minute that minutes were last looked at anew from, as the clock had been set back; 0: it never was. */
export function anewFrom(rows: Rows): number {
  const stored = readSetting(rows, 'levels-anew')
  return typeof stored === 'number' ? stored : 0
}

/** Takes away what was noted for minutes after `at`: the clock was wrong then. */
export function forgetAfter(tx: Transaction, at: number): void {
  tx.run('delete from levels where at > ?', at)
  tx.run('delete from metrics where grain = ? and at > ?', minuteMs, at)
}

/** Takes away up to `limit` steps that are older than they are kept; the one that still holds at that time stays. Answers how many. */
export function pruneLevels(tx: Transaction, now: number, limit: number): number {
  const before = now - keptMs
  const old = tx.all<Level & { at: number }>(
    `select metric, scope, id, at from levels l where at < ? and (value is null or exists
       (select 1 from levels n where n.metric = l.metric and n.scope = l.scope and n.id = l.id and n.at > l.at and n.at <= ?))
     order by at limit ?`,
    before,
    before,
    limit,
  )
  for (const { metric, scope, id, at } of old)
    tx.run('delete from levels where metric = ? and scope = ? and id = ? and at = ?', metric, scope, id, at)
  return old.length
}
