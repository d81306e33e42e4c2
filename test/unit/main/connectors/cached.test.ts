import { describe, expect, it } from 'vitest'
import { createCached } from '#main/connectors/cached.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import { createContext, createStillClock } from './loopback.ts'

function createLoads() {
  const waiting: ((result: Result<string>) => void)[] = []
  const clock = createStillClock()
  const cached = createCached<string>({
    clock,
    ttlMs: 1_000,
    load: () => new Promise((resolve) => waiting.push(resolve)),
  })
  return { waiting, clock, cached }
}

describe('cached values', () => {
  it('are loaded once for all who ask at the same time, and again after their time', async () => {
    const { waiting, clock, cached } = createLoads()
    const both = Promise.all([cached.get('a', createContext()), cached.get('a', createContext())])
    expect(waiting).toHaveLength(1)
    waiting[0]?.(ok('one'))
    expect(await both).toEqual([ok('one'), ok('one')])
    expect(await cached.get('a', createContext())).toEqual(ok('one'))
    clock.advance(1_000)
    const again = cached.get('a', createContext())
    waiting[1]?.(ok('two'))
    expect(await again).toEqual(ok('two'))
  })

  it('outlive the caller that gave up, who gets a failure', async () => {
    const { waiting, cached } = createLoads()
    const stop = new AbortController()
    const first = cached.get('a', createContext({ signal: stop.signal }))
    const second = cached.get('a', createContext())
    stop.abort()
    expect(await first).toMatchObject({ ok: false, failure: { code: 'ABORTED' } })
    waiting[0]?.(ok('one'))
    expect(await second).toEqual(ok('one'))
  })

  it('do not keep failures, and are forgotten only as the value that was meant', async () => {
    const { waiting, cached } = createLoads()
    const first = cached.get('a', createContext())
    waiting[0]?.(failed({ class: 'transient', stage: 'deliver', code: 'X', sentence: 'no' }))
    expect((await first).ok).toBe(false)
    const second = cached.get('a', createContext())
    waiting[1]?.(ok('one'))
    await second
    cached.forget('a', 'older')
    expect(await cached.get('a', createContext())).toEqual(ok('one'))
    cached.forget('a', 'one')
    void cached.get('a', createContext())
    expect(waiting).toHaveLength(3)
  })
})
