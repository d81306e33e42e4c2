import { afterEach, beforeEach, expect, it } from 'vitest'
import type { UpdateFeed } from '#electron/updates/update-feed.ts'
import type { OrderFile, UpdateOrder } from '#electron/updates/update-order.ts'
import { startUpdates, type UpdatePorts, type Updates } from '#electron/updates/updates.ts'
import { until } from '#test/support/until.ts'

let done: string[]
let broken: string | null
let kept: UpdateOrder | null
let updates: Updates

/** Does nothing but what it is told, and breaks where the test says. */
function act<T>(what: string, answer: T): Promise<T> {
  done.push(what)
  return broken === what ? Promise.reject(new Error('It broke.')) : Promise.resolve(answer)
}

beforeEach(() => {
  done = []
  broken = null
  kept = null
  const feed: UpdateFeed = {
    check: () => act('check', { version: '0.2.0', notes: '' }),
    download: () => act('download', 'new.exe'),
    install: () => {
      done.push('install')
      if (broken === 'install') throw new Error('It broke.')
    },
  }
  const orders: OrderFile = { read: () => kept, write: (order) => (kept = order), clear: () => (kept = null) }
  const ports: UpdatePorts = {
    version: '0.1.0',
    feed,
    orders,
    clock: { now: () => 1, monotonic: () => 1 },
    drain: () => act('drain', undefined),
    startRelay: () => void done.push('start-relay'),
    backUp: () => act('back-up', 'before.db'),
    keepInstaller: () => 'old.exe',
  }
  updates = startUpdates(ports)
})
afterEach(() => updates.stop())

async function goTo(phase: 'available' | 'ready'): Promise<void> {
  updates.check()
  await until('an update', () => updates.state.phase === 'available')
  if (phase === 'available') return
  updates.download()
  await until('its file', () => updates.state.phase === 'ready')
}

it('stops the relay, backs up, writes down the way back, and only then installs', async () => {
  await goTo('ready')
  updates.install()
  updates.install()
  await until('the installer', () => done.includes('install'))
  expect(done).toEqual(['check', 'download', 'drain', 'back-up', 'install'])
  expect(kept).toMatchObject({ from: '0.1.0', to: '0.2.0', backup: 'before.db', oldInstaller: 'old.exe', starts: 0 })
})

it.each(['drain', 'back-up', 'install'])('starts the relay again when the step %s breaks', async (step) => {
  await goTo('ready')
  broken = step
  updates.install()
  await until('the relay', () => done.includes('start-relay'))
  expect(updates.state).toHaveProperty('problem', expect.stringContaining('It broke.'))
  expect(updates.state.phase).toBe('ready')
  expect(kept).toBeNull()
})

it.each([
  ['check', 'idle'],
  ['download', 'available'],
] as const)('says what broke in the step %s', async (step, phase) => {
  if (step === 'download') await goTo('available')
  broken = step
  updates.check()
  updates.download()
  await until('the problem', () => 'problem' in updates.state && updates.state.problem !== null)
  expect(updates.state).toMatchObject({ phase })
})
