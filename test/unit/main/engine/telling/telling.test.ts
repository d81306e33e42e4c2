import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { addNotification } from '#main/store/notifications.ts'
import { Store } from '#main/store/store.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'
import { startEngineIn } from '#test/support/engine.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

const toast = 'toast' as ChannelId

let folder: ReturnType<typeof temporaryFolder>
let engine: Engine
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  await engine.stop()
  folder.remove()
})

const databaseFile = () => join(folder.path, 'patchbay.db')

function start(): Promise<Engine> {
  return startEngineIn(folder.path)
}

describe('a relay', () => {
  it('tells at its start what was still to be told', async () => {
    const store = new Store(databaseFile())
    await store.write((tx) =>
      addNotification(tx, {
        channelId: toast,
        reason: 'opened',
        alertIds: [],
        message: { severity: 'critical', title: 'Down', body: '', hash: '#/alerts/1' },
        madeAt: 1,
        notBefore: 1,
      }),
    )
    await store.close()
    engine = await start()
    await until('it to be told', () => engine.channels.reports()[0]?.lastSentAt !== null)
    expect(engine.health().channels).toMatchObject([{ id: 'toast', state: 'ok' }])
  })

  it('pushes what goes to this computer to those who watch', async () => {
    engine = await start()
    const shown: Toast[] = []
    engine.onChange(({ toasts = [] }) => shown.push(...toasts))
    expect(await engine.channels.test(toast, 'console')).toMatchObject({ ok: true, value: { ok: true } })
    expect(shown).toMatchObject([{ reason: 'test', title: 'This is a test' }])
  })

  it('with real systems sends nothing into the network around it, and says so where it is set up', async () => {
    engine = await start()
    const id = 'hook' as ChannelId
    const channel = { id, name: 'Hook', enabled: true, kind: 'webhook', settings: {} } as const
    expect(await engine.channels.save(channel, { url: 'http://127.0.0.1:9/hook' }, 'console')).toMatchObject({
      ok: false,
      code: 'INVALID',
    })
    expect(await engine.channels.save(channel, { url: 'https://localhost/hook' }, 'console')).toMatchObject({
      ok: false,
      reason: expect.stringContaining("computer's own network") as string,
    })
  })
})
