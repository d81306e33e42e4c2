import { PlainError } from '#main/base/errors.ts'
import { seal, unseal } from '#main/base/sealing.ts'
import type { Transaction } from './transaction.ts'

/** Whose secrets: a connection's, a source's or a channel's. */
export type SecretOwner = `connection:${string}` | `source:${string}` | `channel:${string}`

const checkKey = 'data-key-check'
const checkText = 'patchbay'

/**
 * Makes sure that the data key is the one this database was written with.
 *
 * @throws PlainError when it is another one; the stored secrets are left as they are.
 */
export function checkDataKey(tx: Transaction, key: Uint8Array): void {
  const fits = fitsDataKey(tx, key)
  if (fits === null) {
    const value = seal(key, checkKey, checkText).toString('base64')
    tx.run('insert into settings (key, value) values (?, ?)', checkKey, value)
  }
  if (fits !== false) return
  throw new PlainError('The stored passwords were locked with another key than the one found now.', {
    fix: 'Bring back the key file that belongs to this data folder. Nothing was changed.',
  })
}

/** Whether the data key is the one this database was written with; null while it was written with none. */
export function fitsDataKey(tx: Transaction, key: Uint8Array): boolean | null {
  const row = tx.get<{ value: string }>('select value from settings where key = ?', checkKey)
  if (row === undefined) return null
  try {
    return unseal(key, checkKey, Buffer.from(row.value, 'base64')) === checkText
  } catch {
    // Any reason for not opening it means the same to the person.
    return false
  }
}

/** Stores secrets; an empty text removes one. */
export function saveSecrets(
  tx: Transaction,
  key: Uint8Array,
  owner: SecretOwner,
  secrets: Readonly<Record<string, string>>,
  now: number,
): void {
  for (const [name, text] of Object.entries(secrets)) {
    if (text === '') {
      tx.run('delete from secrets where owner = ? and name = ?', owner, name)
      continue
    }
    tx.run(
      `insert into secrets (owner, name, sealed, changed_at) values (?, ?, ?, ?)
       on conflict do update set sealed = excluded.sealed, changed_at = excluded.changed_at`,
      owner,
      name,
      seal(key, `${owner}/${name}`, text),
      now,
    )
  }
}

/** Which secrets of an owner are set. */
export function namesOfSecrets(tx: Transaction, owner: SecretOwner): string[] {
  return tx
    .all<{ name: string }>('select name from secrets where owner = ? order by name', owner)
    .map(({ name }) => name)
}

/** The opened secrets of an owner. They stay inside the relay. */
export function loadSecrets(tx: Transaction, key: Uint8Array, owner: SecretOwner): Record<string, string> {
  const rows = tx.all<{ name: string; sealed: Uint8Array }>('select name, sealed from secrets where owner = ?', owner)
  return Object.fromEntries(rows.map((row) => [row.name, unseal(key, `${owner}/${row.name}`, row.sealed)]))
}
