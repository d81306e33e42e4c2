import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '#main/setup/ensure.mjs'
import { mutations } from '#test/crash/mutation-list.ts'

const edits = mutations.flatMap(({ name, edits: all }) => all.map(({ file, from }) => ({ name, file, from })))

it.each(edits)('what "$name" breaks is still there: $from', ({ file, from }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(from)
})
