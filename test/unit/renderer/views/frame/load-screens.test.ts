import { expect, it } from 'vitest'
import { persistently } from '#renderer/views/frame/load-screens.ts'

function failing(times: number) {
  let tries = 0
  const load = () => (++tries > times ? Promise.resolve(tries) : Promise.reject(new Error(`try ${tries}`)))
  return load
}

it('loads a screen although the relay is away for a while', async () => {
  expect(await persistently(failing(0), 0)).toBe(1)
  expect(await persistently(failing(9), 0)).toBe(10)
})

it('gives up on one that is not there any more', async () => {
  await expect(persistently(failing(10), 0)).rejects.toThrow('try 10')
})
