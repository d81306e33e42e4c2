import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, type TestContext } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { append } from '#main/journal/append.ts'
import { Guard } from '#main/store/guard.ts'
import { Reserve } from '#main/store/reserve.ts'
import { Store } from '#main/store/store.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '#test/support/small-disk.ts'

const mebibyte = 1024 * 1024

let disk: SmallDisk | null
let store: Store | null
beforeEach(() => {
  disk = smallDisk(24 * mebibyte)
  store = null
})
afterEach(async () => {
  await store?.close()
  disk?.remove()
})

/** A store on the small disk with its reserve made. */
async function open(
  context: TestContext,
  reserveBytes: number,
): Promise<{ disk: SmallDisk; store: Store; guard: Guard; reserve: Reserve }> {
  if (disk === null) return context.skip(noSmallDisk)
  const opened = (store = new Store(join(disk.path, 'patchbay.db')))
  const reserve = new Reserve(opened.file, reserveBytes)
  const guard = new Guard({ store: opened, reserve, clock: systemClock, onChange: () => undefined })
  if (!(await reserve.build())) throw new Error('the reserve found no room')
  return { disk, store: opened, guard, reserve }
}

const add = (to: Store, key: string, bytes = 60_000): Promise<unknown> =>
  to.write((tx) => {
    const arrival = arrivalOf(key)
    const [item] = arrival.items
    if (item === undefined) throw new Error('no item')
    return append(tx, { ...arrival, items: [{ ...item, body: new Uint8Array(bytes) }] })
  })

const count = (of: Store): number => of.read((tx) => tx.get<{ n: number }>('select count(*) as n from events'))?.n ?? -1

it('frees the reserve when the disk is full, stores what was under way, and takes nothing more', async (context) => {
  const { disk, store, guard, reserve } = await open(context, 4 * mebibyte)
  disk.fill()
  let stored = 0
  while (guard.isOpen) {
    await add(store, `event-${stored}`)
    stored += 1
  }
  // The one that met the full disk was written into the room of the reserve.
  expect(count(store)).toBe(stored)
  expect(existsSync(reserve.file)).toBe(false)
  expect(guard.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('The disk is full') as string })
  await expect(add(store, 'outcome of a call', 1_000)).resolves.toBeDefined()
})

it('rejects every work that could not be stored, keeps all that was, and goes on by itself once there is room', async (context) => {
  const { disk, store, guard, reserve } = await open(context, 2 * mebibyte)
  disk.fill()
  let acknowledged = 0
  let refused = 0
  for (let index = 0; refused < 3; index += 1) {
    await add(store, `event-${index}`).then(
      () => (acknowledged += 1),
      () => (refused += 1),
    )
  }
  expect(count(store)).toBe(acknowledged)
  await guard.look()
  expect(guard.trouble).toBe('full')
  guard.turnAway()
  disk.free()
  await guard.look()
  expect(guard.isOpen).toBe(true)
  expect(reserve.isWhole).toBe(true)
  await add(store, 'afterwards')
  expect(count(store)).toBe(acknowledged + 1)
  expect(store.read((tx) => tx.get<{ detail: string }>('select detail from audit'))?.detail).toContain('1 arrivals')
  await store.close()
  const again = new Store(store.file)
  expect(count(again)).toBe(acknowledged + 1)
  expect(again.pragma('integrity_check')).toBe('ok')
  await again.close()
})

it('loses nothing when the disk fills up at any step: opening, migrating, writing, folding the log, closing', async (context) => {
  if (disk === null) return context.skip(noSmallDisk)
  const file = join(disk.path, 'patchbay.db')
  let known = 0
  for (let left = 0; left <= 700_000; left += 35_000) {
    disk.fill(left)
    const acknowledged: string[] = []
    try {
      const opened = (store = new Store(file))
      for (let index = 0; index < 8; index += 1) {
        const key = `${left}-${index}`
        await add(opened, key, 20_000).then(
          () => acknowledged.push(key),
          () => undefined,
        )
      }
      await opened.close()
    } catch (thrown) {
      if (!/disk|room|opened/.test(String(thrown))) throw thrown
    }
    known += acknowledged.length
    disk.free()
    const whole = (store = new Store(file))
    expect(count(whole)).toBe(known)
    expect(whole.pragma('integrity_check')).toBe('ok')
    await whole.close()
  }
  expect(known).toBeGreaterThan(20)
})
