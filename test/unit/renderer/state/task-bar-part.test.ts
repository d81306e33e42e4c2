import { expect, it } from 'vitest'
import { taskBarPart } from '#renderer/state/task-bar-part.ts'

const replay = { state: 'running', total: 100, open: 10, waiting: 40 } as const
const found = { version: '2.0.0', notes: '' }

it('adds up the replays that run', () => {
  expect(taskBarPart(null, [])).toBeNull()
  expect(taskBarPart(null, [replay])).toBe(0.5)
  expect(taskBarPart(null, [replay, { ...replay, total: 300, open: 0, waiting: 0 }])).toBe(0.5)
  expect(taskBarPart(null, [{ ...replay, state: 'paused' }])).toBeNull()
})

it('shows a download before replays, and no update that waits for a word', () => {
  expect(taskBarPart({ phase: 'downloading', part: 0.25, ...found }, [replay])).toBe(0.25)
  expect(taskBarPart({ phase: 'available', problem: null, ...found }, [replay])).toBe(0.5)
})
