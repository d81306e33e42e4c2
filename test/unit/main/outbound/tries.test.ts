import { expect, it } from 'vitest'
import { Tries } from '#main/outbound/tries.ts'

const minute = 60_000

it('aborts what is under way when it is cut short, and what begins later; not what has ended', () => {
  const tries = new Tries()
  const [ended, running] = [tries.begin(minute), tries.begin(minute)]
  ended.end()
  expect([tries.areCut, running.signal.aborted]).toEqual([false, false])
  tries.cutShort()
  const late = tries.begin(minute)
  expect([tries.areCut, ended.signal.aborted, running.signal.aborted, late.signal.aborted]).toEqual([
    true,
    false,
    true,
    true,
  ])
  running.end()
  late.end()
})

it('aborts a try that takes longer than its bound, and says nothing about the others', async () => {
  const tries = new Tries()
  const { signal, end } = tries.begin(1)
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  expect(tries.areCut).toBe(false)
  end()
})
