import type { Pause, PauseTarget } from '#shared/domain/pause.ts'
import type { Transaction } from './transaction.ts'

const columns = 'scope, id, reason, who, paused_at as pausedAt'

/** All pauses in force, oldest first. */
export function loadPauses(tx: Transaction): Pause[] {
  return tx.all<Pause>(`select ${columns} from pauses order by paused_at, scope, id`)
}

/** One pause; null when its target is not paused. */
export function findPause(tx: Transaction, { scope, id }: PauseTarget): Pause | null {
  return tx.get<Pause>(`select ${columns} from pauses where scope = ? and id = ?`, scope, id) ?? null
}

/** Pauses something, or gives a pause that is there its new reason. */
export function savePause(tx: Transaction, pause: Pause): void {
  tx.run(
    `insert into pauses (scope, id, reason, who, paused_at) values (?, ?, ?, ?, ?)
     on conflict do update set reason = excluded.reason, who = excluded.who, paused_at = excluded.paused_at`,
    pause.scope,
    pause.id,
    pause.reason,
    pause.who,
    pause.pausedAt,
  )
  tx.notes.health = true
}

/** Ends a pause. Answers false when there was none. */
export function clearPause(tx: Transaction, { scope, id }: PauseTarget): boolean {
  tx.notes.health = true
  return tx.run('delete from pauses where scope = ? and id = ?', scope, id).changes === 1
}

/** What people know the paused thing by; undefined when it is gone. */
export function pausedName(tx: Transaction, { scope, id }: PauseTarget): string | undefined {
  if (scope === 'everything') return undefined
  const from = {
    connection: 'select name from connections',
    source: 'select name from sources',
    route: `select document ->> '$.name' as name from routes`,
  }[scope]
  return tx.get<{ name: string }>(`${from} where id = ?`, id)?.name
}
