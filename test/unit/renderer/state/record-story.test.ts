import { expect, test } from 'vitest'
import {
  aimOf,
  changesOf,
  happeningOf,
  reasonOf,
  recordBadge,
  refsOf,
  specialOf,
  titleOf,
  wayOf,
} from '#renderer/state/record-story.ts'
import { recordWording } from '#renderer/state/wording.ts'
import type { ComparedField } from '#shared/domain/known-record.ts'
import type { ReplayId } from '#shared/domain/ids.ts'
import type { Link } from '#shared/domain/link.ts'

const account = { system: 'salesforce', entity: 'Account', id: '001A' } as const

test('what was just read of both sides counts for more than what is remembered of them', () => {
  const read = (verdict: ComparedField['verdict'], side: typeof account | null = account) => ({
    salesforce: account,
    connectwise: side,
    sentence: 'One field differs.',
    fields: [{ verdict } as ComparedField],
  })
  expect(recordBadge('in-step', null).label).toBe('In step')
  expect(recordBadge('in-step', read('equal')).label).toBe('In step')
  expect(recordBadge('in-step', read('not-compared')).label).toBe('In step')
  expect(recordBadge('in-step', read('differs'))).toMatchObject({ label: 'Not in step', meaning: 'One field differs.' })
  expect(recordBadge('in-step', read('equal', null)).label).toBe('Not in step')
  for (const state of ['waiting', 'failing', 'unlinked', 'deleted'] as const)
    expect(recordBadge(state, read('differs'))).toBe(recordWording[state])
})

test('an entry tells what happened, who did it and how the news came', () => {
  expect(happeningOf({ action: 'updated', actor: 'jo', via: 'webhook' })).toBe('Updated by jo')
  expect(happeningOf({ action: 'updated', actor: '005PB00000000GAYAY', via: 'webhook' })).toBe(
    'Updated by the Salesforce user 005PB00000000GAYAY',
  )
  expect(happeningOf({ action: 'deleted', actor: '', via: 'queue' })).toBe('Deleted')
  expect(happeningOf({ action: 'touched', actor: null, via: 'queue' })).toBe('Changed')
  expect(happeningOf({ action: 'touched', actor: null, via: 'manual' })).toBe('Sync ordered in Patchbay')
  expect(wayOf({ via: 'queue', duplicates: 0 })).toBe('by SQL queue')
  expect(wayOf({ via: 'webhook', duplicates: 1 })).toBe('by webhook, came 2 times')
})

test('a delivery tells where it goes and what is special about it', () => {
  expect(aimOf({ destination: null, record: account })).toBe('ConnectWise')
  expect(aimOf({ destination: { system: 'connectwise', entity: 'company', id: '42' }, record: account })).toBe(
    'ConnectWise company 42',
  )
  const replayId = 7 as ReplayId
  expect(specialOf({ mode: 'live', replayId: null })).toBeNull()
  expect(specialOf({ mode: 'current', replayId })).toBe('replay')
  expect(specialOf({ mode: 'edited', replayId })).toBe('replay, edited')
  expect(specialOf({ mode: 'undo', replayId })).toBe('taken back')
})

test('why it stands as it does is told by the failure, else by its note, else by its state', () => {
  const failure = { class: 'permanent', stage: 'deliver', code: 'X', sentence: 'It was refused.' } as const
  expect(reasonOf({ failure, note: 'a note', state: 'dead' })).toBe('It was refused.')
  expect(reasonOf({ failure: null, note: 'a note', state: 'waiting' })).toBe('a note')
  expect(reasonOf({ failure: null, note: null, state: 'waiting' })).toBe('Will be tried again by itself.')
})

test('a few changes are told, and how many more there are', () => {
  const changes = ['a', 'b', 'c'].map((field) => ({ field, from: null, to: 1 }))
  expect(changesOf({ changes }, 2)).toEqual({
    shown: [
      { field: 'a', from: 'empty', to: '1' },
      { field: 'b', from: 'empty', to: '1' },
    ],
    more: 1,
  })
})

test('a record whose name did not come along has the one of the last sync, else what it is', () => {
  const link = { salesforce: { synced: { Name: 'Acme' } }, connectwise: { synced: { name: 'acme inc' } } }
  expect(titleOf({ title: 'Acme Ltd', link: null }, account)).toBe('Acme Ltd')
  expect(titleOf({ title: null, link: link as unknown as Link }, account)).toBe('Acme')
  expect(titleOf({ title: null, link: null }, account)).toBe('Account 001A')
})

test('a pair is named by the sides that are there', () => {
  const side = { entity: 'Account', id: '001A', title: null }
  expect(refsOf({ salesforce: side, connectwise: null })).toEqual([account])
  expect(refsOf({ salesforce: null, connectwise: null })).toEqual([])
})
