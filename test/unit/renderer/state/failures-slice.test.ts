import { expect, test } from 'vitest'
import { consoleOn, deliveryOf, eventOf } from './samples.ts'

function failuresOn(answer: (ids: number[]) => Promise<unknown>) {
  const store = consoleOn({
    replays: { create: ({ deliveryIds }: { deliveryIds: number[] }) => answer(deliveryIds) },
  })
  return { failures: () => store.getState().failures, notices: () => store.getState().notices.list }
}

test('a replay says what is on its way, with the link to its event', async () => {
  const { failures, notices } = failuresOn(async () => ({ replayId: 1, deliveryIds: [7], refused: [] }))
  await failures().replay([deliveryOf(2)])
  expect(notices()).toMatchObject([{ tone: 'good', link: { hash: '#/events/2' } }])
  expect(failures().replaying.size).toBe(0)
})

test('deliveries that may not be replayed are named with the reason, and the link skips them', async () => {
  const refused = [{ deliveryId: 1, reason: 'It was replayed already.' }]
  const { failures, notices } = failuresOn(async () => ({ replayId: 1, deliveryIds: [7], refused }))
  await failures().replay([deliveryOf(1), deliveryOf(2)])
  expect(notices()).toMatchObject([
    { tone: 'good', link: { hash: '#/events/2' } },
    { tone: 'bad', sentence: 'Delivery 1 was not replayed. It was replayed already.' },
  ])
})

test('while a replay is ordered its deliveries are marked, and a failed order says so', async () => {
  const { failures, notices } = failuresOn(async () => {
    throw new Error('The relay is stopping.')
  })
  const order = failures().replay([deliveryOf(1)])
  expect([...failures().replaying]).toEqual([1])
  await order
  expect(notices()).toMatchObject([
    { tone: 'bad', sentence: 'The replay could not be started. The relay is stopping.' },
  ])
  expect(failures().replaying.size).toBe(0)
})

test('what shows failures is told to ask anew when people did something about them', async () => {
  const { failures } = failuresOn(async () => ({ replayId: 1, deliveryIds: [7], refused: [] }))
  const before = failures().round
  await failures().replay([deliveryOf(2)])
  expect(failures().round).toBe(before + 1)
})

test('what shows failures is told when something dies, not for every push', () => {
  const { failures } = failuresOn(async () => null)
  const before = failures().deaths
  failures().push([eventOf(50)])
  expect(failures().deaths).toBe(before)
  failures().push([eventOf(51, { state: 'dead' })])
  expect(failures().deaths).toBe(before + 1)
})
