import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '#main/setup/ensure.mjs'

const textsOf = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))

/** What a module does with the objects that it imports from Electron: `shell.openPath`. */
function usesOf(text: string): string[] {
  const [, names = ''] = /^import \{([^}]*)\} from 'electron'$/m.exec(text) ?? []
  const values = names.split(',').flatMap((name) => /^\s*(\w+)\s*$/.exec(name)?.[1] ?? [])
  return values.flatMap((value) =>
    [...text.matchAll(new RegExp(`(?<!['\\w./])${value}\\.\\w+`, 'g'))].map(([use]) => use),
  )
}

it('the stand-in for Electron has whatever the shell calls on the modules of Electron', () => {
  const standIn = textsOf('test/electron-host/*.ts').join('\n')
  const uses = new Set(textsOf('electron/**/*.ts').flatMap(usesOf))
  expect(uses).toContain('shell.openPath')
  const missing = [...uses].filter((use) => !new RegExp(`\\b${use.split('.')[1] ?? ''}\\b`).test(standIn))
  expect(missing).toEqual([])
})
