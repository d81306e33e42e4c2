import type { SavedView } from '#shared/domain/saved-view.ts'
import type { Rows } from './find-records.ts'
import type { Transaction } from './transaction.ts'

/** By name. */
export function loadViews(rows: Rows): SavedView[] {
  return rows.all<SavedView>('select name, filter, saved_at as savedAt from views order by name collate nocase, name')
}

export function saveView(tx: Transaction, { name, filter, savedAt }: SavedView): void {
  tx.run('insert or replace into views (name, filter, saved_at) values (?, ?, ?)', name, filter, savedAt)
}

/** Answers false when there was none. */
export function removeView(tx: Transaction, name: string): boolean {
  return tx.run('delete from views where name = ?', name).changes === 1
}
