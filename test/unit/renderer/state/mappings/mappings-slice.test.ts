import { beforeEach, expect, it } from 'vitest'
import { createConsoleStore, type ConsoleStore } from '#renderer/state/console-store.ts'
import type { HostClient } from '#renderer/client/host-client.ts'
import { isChanged } from '#renderer/state/mappings/mapping-draft.ts'
import { draftKey } from '#renderer/state/mappings/mappings-slice.ts'
import { mappingVersion } from '#shared/domain/mapping.ts'

const versionOf = (version: number, name = 'Cases') =>
  mappingVersion.parse({
    mappingId: 'cases',
    version,
    author: 'ada',
    note: '',
    createdAt: 1,
    document: {
      id: 'cases',
      name,
      salesforce: { entity: 'Case' },
      connectwise: { entity: 'ticket' },
      fields: [{ salesforce: 'Subject', connectwise: 'summary' }],
    },
  })

const key = draftKey(undefined, 'cases')
let store: ConsoleStore
const draft = () => {
  const found = store.getState().mappings.drafts[key]
  if (found === undefined) throw new Error('there is no draft')
  return found
}
beforeEach(() => {
  store = createConsoleStore({ call: {} } as HostClient)
  store.getState().mappings.begin(versionOf(1))
})

it('a draft without changes follows the newest version, one with changes stays', () => {
  const { begin, edit } = store.getState().mappings
  begin(versionOf(2, 'Case and ticket'))
  expect(draft()).toMatchObject({ base: { version: 2 }, history: { present: { name: 'Case and ticket' } } })
  edit(key, (document) => ({ ...document, name: 'Mine' }))
  begin(versionOf(3))
  expect(draft()).toMatchObject({ base: { version: 2 }, history: { present: { name: 'Mine' } } })
})

it('a draft that was changed and changed back is not changed', () => {
  const { edit, undo, redo } = store.getState().mappings
  edit(key, (document) => ({ ...document, name: 'Mine' }))
  expect(isChanged(draft())).toBe(true)
  edit(key, (document) => ({ ...document, name: 'Cases' }))
  expect(isChanged(draft())).toBe(false)
  undo(key)
  expect(draft().history.present.name).toBe('Mine')
  redo(key)
  expect(isChanged(draft())).toBe(false)
})

it('a draft that is restarted forgets its changes', () => {
  const { edit, restart } = store.getState().mappings
  edit(key, (document) => ({ ...document, name: 'Mine' }))
  restart(versionOf(4))
  expect(draft()).toMatchObject({ base: { version: 4 }, history: { past: [], present: { name: 'Cases' } } })
})

it('the sandbox has drafts of its own', () => {
  expect(draftKey('sandbox', 'cases')).not.toBe(draftKey('live', 'cases'))
})
