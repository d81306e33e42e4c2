import { Readable } from 'node:stream'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { LogLines } from '#electron/relay/log-lines.ts'

it('puts lines together from their pieces, keeps the last ones, and cuts long ones', async () => {
  const lines = new LogLines()
  let heard = ''
  const stream = Readable.from(['one\ntw', 'o\nthree', `\n${'x'.repeat(3_000)}\nno end`])
  lines.follow(stream, (text) => (heard += text))
  await once(stream, 'close')
  expect(lines.all).toEqual(['one', 'two', 'three', 'x'.repeat(2_000), 'no end'])
  expect(heard).toContain('one\ntwo\nthree\n')
  for (let line = 0; line < 400; line += 1) lines.add(`line ${line}`)
  expect(lines.all).toHaveLength(300)
  expect(lines.all.at(-1)).toBe('line 399')
})
