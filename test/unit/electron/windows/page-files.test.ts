import { resolve, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileFor } from '#electron/windows/page-files.ts'

const folder = resolve('/srv/page')

describe('fileFor', () => {
  it('finds files by their path', () => {
    expect(fileFor('patchbay-app://patchbay/assets/main.js?v=1#top', folder)).toBe(resolve(folder, 'assets/main.js'))
    expect(fileFor('patchbay-app://patchbay/a%20b.svg', folder)).toBe(resolve(folder, 'a b.svg'))
  })

  it.each([
    'patchbay-app://patchbay/..%2f..%2fetc/passwd',
    'patchbay-app://patchbay/%2e%2e%2fsecret',
    'patchbay-app://patchbay/a/..%2f..%2f..%2fsecret',
    'patchbay-app://patchbay/..%2fpage-of-others/x',
    'patchbay-app://patchbay/a%00.js',
    'patchbay-app://patchbay/%E0%A4%A',
    'patchbay-app://patchbay/',
    'patchbay-app://elsewhere/index.html',
    'nonsense',
  ])('refuses %s', (url) => {
    expect(fileFor(url, folder)).toBeNull()
  })

  it('never leads out of the folder, whatever the path', () => {
    const pieces = fc.constantFrom('..', '.', '/', '%2f', '%2e%2e', '\\', '%5c', 'a', '%', '//', 'C:', '%00')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const file = fileFor(`patchbay-app://patchbay/${parts.join('')}`, folder)
        return file === null || file.startsWith(folder + sep)
      }),
    )
  })
})
