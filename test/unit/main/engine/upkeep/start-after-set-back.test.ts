import { join } from 'node:path'
import { expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { Store } from '#main/store/store.ts'
import { connectwise } from '#test/contract/documents.ts'
import { startEngineIn } from '#test/support/engine.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const dayMs = 24 * 3_600_000

it('lets a held connection probe at once when the clock was set back while Patchbay was off', async () => {
  const folder = temporaryFolder()
  const databaseFile = join(folder.path, 'patchbay.db')
  const start = () => startEngineIn(folder.path)
  try {
    const before = await start()
    await before.saveConnection(connectwise, {}, 'ada')
    await before.stop()
    const store = new Store(databaseFile)
    const then = Date.now() + 30 * dayMs
    await store.write((tx) => {
      append(tx, { ...arrivalOf('a'), receivedAt: then })
      tx.run(
        `update connections set held_state = 'limited', held_since = ?, held_until = ?, held_reason = 'Too many calls.'`,
        then,
        then + 60_000,
      )
    })
    await store.close()
    const after = await start()
    const [held] = after.health().connections.map(({ heldUntil }) => heldUntil)
    await after.stop()
    expect(held).toBeNull()
  } finally {
    folder.remove()
  }
})
