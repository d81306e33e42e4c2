import { expect, test } from 'vitest'
import { faultNow, trafficNow } from '#renderer/state/sandbox-slice.ts'
import type { Health, SandboxInfo } from '#shared/domain/health.ts'
import { consoleOn } from './samples.ts'

const info = { perMinute: 0, faults: { salesforce: null, connectwise: 'down' } } as unknown as SandboxInfo
const health = { workspace: 'sandbox', sandbox: info } as Health

test('a speed ordered last counts until it is confirmed, whatever is answered to earlier orders', async () => {
  const answers: (() => void)[] = []
  const store = consoleOn({
    sandbox: {
      traffic: ({ perMinute }: { perMinute: number }) =>
        new Promise((resolve) => answers.push(() => resolve({ perMinute }))),
    },
    health: { get: async () => health },
  })
  const now = () => trafficNow(info, store.getState().sandbox)
  const first = store.getState().sandbox.traffic(6)
  const second = store.getState().sandbox.traffic(30)
  expect(now()).toBe(30)
  answers[0]?.()
  await first
  expect(now()).toBe(30)
  answers[1]?.()
  await second
  expect(store.getState().sandbox.ordered).toBeNull()
  expect(now()).toBe(info.perMinute)
})

test('a speed that could not be set is given up with a notice', async () => {
  const store = consoleOn({ sandbox: { traffic: () => Promise.reject(new Error('The sandbox has ended.')) } })
  await store.getState().sandbox.traffic(6)
  expect(store.getState().sandbox.ordered).toBeNull()
  expect(store.getState().notices.list[0]?.sentence).toContain('could not be changed')
})

test('what is broken is what the host says', () => {
  const { sandbox } = consoleOn({}).getState()
  expect(faultNow(info, sandbox, 'connectwise')).toBe('down')
  expect(faultNow(info, sandbox, 'salesforce')).toBeNull()
})
