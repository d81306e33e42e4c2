import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { claimFolder } from '#main/base/data-folder.ts'
import { announceHost, readHostAddress } from '#main/base/host-address.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const address = { url: 'http://127.0.0.1:7421', token: 'a-token_1' }
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

it('is there while the host is, for its owner only', () => {
  const withdraw = announceHost(folder.path, address)
  expect(readHostAddress(folder.path)).toEqual(address)
  // Windows has no such bits; there the folder of the account keeps others out.
  const readers = process.platform === 'win32' ? 0 : statSync(join(folder.path, 'host.json')).mode & 0o077
  expect(readers).toBe(0)
  withdraw()
  expect(readHostAddress(folder.path)).toBeNull()
})

it('of a host that was killed is forgotten by the next relay in the folder', () => {
  announceHost(folder.path, address)
  claimFolder(folder.path)()
  expect(readHostAddress(folder.path)).toBeNull()
})

it.each([
  '',
  '{}',
  '{"url":"http://192.0.2.1:80","token":"t"}',
  '{"url":"file:///etc","token":"t"}',
  '{"url":"http://127.0.0.1:1","token":"a b"}',
])('is none in %s', (text) => {
  writeFileSync(join(folder.path, 'host.json'), text)
  expect(readHostAddress(folder.path)).toBeNull()
})
