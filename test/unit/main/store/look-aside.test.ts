import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { saveConnection, saveRoute } from '#main/store/configuration.ts'
import { lookAside } from '#main/store/look-aside.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { accountRoute, connectwise } from '#test/contract/documents.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

async function databaseWith(name: string, work: (tx: Transaction) => void): Promise<string> {
  const store = new Store(join(folder.path, name))
  await store.write(work)
  await store.close()
  return store.file
}

it('says what waits in a database that nobody has open, and that there is nothing where nothing is connected', async () => {
  expect(lookAside(join(folder.path, 'none.db'))).toBeNull()
  expect(lookAside(await databaseWith('new.db', () => undefined))).toBeNull()
  const used = await databaseWith('used.db', (tx) => {
    saveConnection(tx, connectwise)
    saveRoute(tx, accountRoute)
    for (const state of ['pending', 'waiting', 'dead'] as const)
      insertDelivery(tx, insertEvent(tx), { routeId: accountRoute.id, state })
  })
  expect(lookAside(used)).toEqual({ waiting: 2 })
})

it('takes it that something waits in a file that it can not read', () => {
  const file = join(folder.path, 'no-database.db')
  writeFileSync(file, 'no database')
  expect(lookAside(file)).toEqual({ waiting: null })
})
