import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginTrial, endTrial, type TrialPorts } from '#electron/updates/trial.ts'
import { judgeStart, orderFile, triesOfTrial, type UpdateOrder } from '#electron/updates/update-order.ts'
import { backUpForUpdate, setSandboxAside } from '#electron/updates/update-files.ts'
import { openForWriting } from '#main/store/open.ts'
import { migrations } from '#main/store/migrate.ts'
import { rollBack } from '#main/store/roll-back.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const key = new Uint8Array(32).fill(3)
let folder: ReturnType<typeof temporaryFolder>
let file: string
let order: UpdateOrder
let ports: TrialPorts
beforeEach(async () => {
  folder = temporaryFolder()
  file = join(folder.path, 'patchbay.db')
  await work(1)
  const backup = await backUpForUpdate(folder.path, '0.1.0')
  order = { from: '0.1.0', to: '0.2.0', backup, oldInstaller: null, orderedAt: 1, starts: 0, refusal: null }
  const orders = orderFile(folder.path)
  orders.write(order)
  const stopRelay = () => Promise.resolve()
  ports = {
    orders,
    stopRelay,
    rollBack: (from) => rollBack(file, from, key, 1_700_000_000_000),
    setSandboxAside: () => setSandboxAside(folder.path, '0.2.0'),
  }
})
afterEach(() => folder.remove())

/** Takes in events, as a relay does. */
async function work(events: number): Promise<void> {
  const store = new Store(file)
  await store.write((tx) => {
    checkDataKey(tx, key)
    for (let count = 0; count < events; count += 1) insertEvent(tx)
  })
  await store.close()
}

/** What the new version does to the database first of all. */
function migrateFurther(): void {
  change((db) => {
    db.exec('create table of_the_new_version (id integer primary key) strict')
    db.pragma(`user_version = ${migrations.length + 1}`)
  })
}

function change(how: (db: ReturnType<typeof openForWriting>) => void): void {
  const db = openForWriting(file)
  how(db)
  db.close()
}

const shape = (): number => {
  const db = openForWriting(file)
  const version = db.pragma('user_version', { simple: true }) as number
  db.close()
  return version
}

describe('a new version that refuses', () => {
  it('leaves the database alone when it had not changed it', async () => {
    const verdict = await endTrial(order, { end: 'failed', sentence: 'Step 11 failed.' }, ports)
    expect(verdict?.sentence).toContain('Patchbay 0.2.0 can not work here: Step 11 failed. The database is as the old')
    expect(judgeStart(ports.orders.read(), '0.2.0')).toBe('given-up')
  })

  it('gives back the database from before when it has done nothing with it', async () => {
    migrateFurther()
    const verdict = await endTrial(order, { end: 'looping' }, ports)
    expect(verdict?.sentence).toContain('again the one from before the update')
    expect(shape()).toBe(migrations.length)
    await work(0)
  })

  it.each([
    ['taken in an event', () => work(1)],
    ['begun a write', () => beginWrite()],
  ])('keeps its database when it has %s, since going back would lose or repeat that', async (_what, act) => {
    await act()
    migrateFurther()
    const verdict = await endTrial(order, { end: 'overdue' }, ports)
    expect(verdict?.sentence).toContain('The database stays as it is')
    expect(shape()).toBe(migrations.length + 1)
    expect(existsSync(order.backup ?? '')).toBe(true)
  })

  async function beginWrite(): Promise<void> {
    const store = new Store(file)
    await store.write((tx) =>
      tx.run(
        `insert into deliveries (event_id, route_id, connection_id, lane, head, state, priority, available_at, intent, idempotency_key, mode, created_at)
         values (1, 'r', 'c', 'l', 1, 'leased', 0, 0, '{}', 'k', 'live', 0)`,
      ),
    )
    await store.close()
  }

  it('is given up after so many starts that never came to an end', async () => {
    for (let start = 0; start < triesOfTrial; start += 1) {
      const known = ports.orders.read() ?? order
      expect(judgeStart(known, '0.2.0')).toBe('trial')
      expect(await beginTrial(known, ports)).toBeNull()
    }
    expect(await beginTrial(ports.orders.read() ?? order, ports)).not.toBeNull()
    expect(judgeStart(ports.orders.read(), '0.2.0')).toBe('given-up')
    expect(judgeStart(ports.orders.read(), '0.1.0')).toBe('back')
  })

  it('keeps a database whose backup is gone, and says so', async () => {
    migrateFurther()
    const verdict = await endTrial({ ...order, backup: 'gone.db' }, { end: 'looping' }, ports)
    expect(verdict?.sentence).toContain('could not be brought back')
    expect(shape()).toBe(migrations.length + 1)
  })
})

it('needs no backup where only the sandbox was used, and lets that begin anew for the old version', async () => {
  const fresh = temporaryFolder()
  expect(await backUpForUpdate(fresh.path, '0.1.0')).toBeNull()
  fresh.remove()
  mkdirSync(join(folder.path, 'sandbox'))
  writeFileSync(join(folder.path, 'sandbox', 'patchbay.db'), 'of the new version')
  ports.orders.write({ ...order, backup: null })
  const verdict = await endTrial(ports.orders.read() ?? order, { end: 'looping' }, ports)
  const aside = join(folder.path, 'sandbox-of-0.2.0')
  expect(verdict?.sentence).toContain(`it begins anew; what it held is kept: ${aside}`)
  expect(existsSync(join(folder.path, 'sandbox'))).toBe(false)
  expect(existsSync(join(aside, 'patchbay.db'))).toBe(true)
})

it('is over once the new version answers', async () => {
  expect(await beginTrial(order, ports)).toBeNull()
  expect(await endTrial(order, { end: 'ready' }, ports)).toBeNull()
  expect(judgeStart(ports.orders.read(), '0.2.0')).toBe('usual')
})

it('tells a start of the old version that nothing was installed', () => {
  expect(judgeStart(order, '0.1.0')).toBe('not-installed')
  expect(judgeStart(order, '0.3.0')).toBe('usual')
  expect(judgeStart(null, '0.1.0')).toBe('usual')
})
