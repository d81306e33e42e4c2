import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPreferences } from '#electron/preferences.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

it('remembers changes over starts, and starts anew from a file that can not be read', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'preferences.json')
  openPreferences(file).change({ zoom: 1.25, quietHours: { from: '22:00', until: '07:00' } })
  expect(openPreferences(file).now).toMatchObject({ zoom: 1.25, toasts: true, quietHours: { from: '22:00' } })
  writeFileSync(file, '{"zoom": 40}')
  expect(openPreferences(file).now.zoom).toBe(1)
  writeFileSync(file, 'half a fi')
  const anew = openPreferences(file)
  anew.change({ knowsTray: true })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ zoom: 1, knowsTray: true })
  folder.remove()
})
