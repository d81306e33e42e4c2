import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#main/setup/ensure.mjs'
import { otherLicences, packages } from '#renderer/views/settings/licences.ts'

const read = (...path: string[]) =>
  JSON.parse(readFileSync(join(root, ...path, 'package.json'), 'utf8')) as {
    license: string
    dependencies: Record<string, string>
  }

test('the console names every package that is shipped, and its licence is the one told', () => {
  expect([...packages]).toEqual(Object.keys(read().dependencies))
  for (const name of packages)
    expect([name, read('node_modules', name).license]).toEqual([name, otherLicences[name] ?? 'MIT'])
})
