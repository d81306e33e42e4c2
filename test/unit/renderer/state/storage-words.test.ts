import { expect, test } from 'vitest'
import { forecastSentence, roomCurve, splitPath } from '#renderer/state/storage-words.ts'
import type { StorageReport } from '#shared/domain/storage.ts'

const megabyte = 1024 ** 2
const dayMs = 86_400_000
const now = Date.UTC(2026, 0, 31, 12)

function report(change: Partial<StorageReport> = {}): StorageReport {
  return {
    state: 'ok',
    since: null,
    reason: null,
    nextStep: null,
    settings: { retentionDays: 400, maxBytes: 500 * megabyte },
    databaseFile: '/data/patchbay.db',
    usedBytes: 100 * megabyte,
    diskFreeBytes: 50_000 * megabyte,
    reserveBytes: 0,
    backups: [],
    lastBackup: null,
    lastCheck: null,
    lastRetention: null,
    forecast: { bytesPerDay: 10 * megabyte, daysLeft: 40 },
    history: [
      { at: now - 2 * dayMs, bytes: 80 * megabyte },
      { at: now - dayMs, bytes: 90 * megabyte },
    ],
    ...change,
  }
}

test('a forecast names the day on which the limit is reached, and the pace', () => {
  const sentence = forecastSentence(report(), now)
  expect(sentence).toContain('Full in 40 days at this pace')
  expect(sentence).toContain('10 MB a day')
})

test('the disk is named where it ends first, with what happens then', () => {
  const sentence = forecastSentence(report({ diskFreeBytes: 15 * megabyte }), now)
  expect(sentence).toContain('the disk is full in 1 day,')
  expect(sentence).toContain('senders are asked to come back')
})

test('without growth, without knowledge, and at the limit there is no day to name', () => {
  const told = (change: Partial<StorageReport>) => forecastSentence(report(change), now)
  expect(told({ forecast: null })).toContain('after a day of work')
  expect(told({ forecast: { bytesPerDay: 0, daysLeft: null } })).toBe('It is not growing.')
  expect(told({ forecast: { bytesPerDay: 1, daysLeft: 1e6 } })).toContain('more than ten years')
  expect(told({ usedBytes: 500 * megabyte, forecast: { bytesPerDay: 1, daysLeft: 0 } })).toContain('make room')
})

test('the curve goes on from what is used now, a day at a time, and stops at the limit or after two months', () => {
  const curve = roomCurve(report(), now)
  expect(curve?.times).toHaveLength(2 + 1 + 40)
  expect(curve?.used.slice(0, 4)).toEqual([80 * megabyte, 90 * megabyte, 100 * megabyte, null])
  expect(curve?.expected.slice(0, 4)).toEqual([null, null, 100 * megabyte, 110 * megabyte])
  expect(curve?.expected.at(-1)).toBe(500 * megabyte)
  expect(curve?.limit).toBe(500 * megabyte)
  const slow = roomCurve(report({ forecast: { bytesPerDay: megabyte / 10, daysLeft: 4_000 } }), now)
  expect(slow?.times).toHaveLength(2 + 1 + 60)
  expect(slow?.limit).toBeNull()
  expect(roomCurve(report({ forecast: null }), now)).toBeNull()
})

test('paths of both spellings are taken apart', () => {
  expect(splitPath('C:\\Data\\Patchbay\\patchbay.db')).toEqual({ folder: 'C:\\Data\\Patchbay', name: 'patchbay.db' })
  expect(splitPath('/var/patchbay/patchbay.db')).toEqual({ folder: '/var/patchbay', name: 'patchbay.db' })
  expect(splitPath('patchbay.db')).toEqual({ folder: '', name: 'patchbay.db' })
})
