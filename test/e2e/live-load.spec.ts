import { expect, test } from '@playwright/test'
import { accountEvent, sendSteadily } from '#test/bench/steady.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole } from '#test/support/console.ts'
import { takeFrames, watchFrames, watchLoad } from '#test/support/frames.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

// Frames a second and memory over minutes are measured by `npm run bench:console`, on a machine that does nothing else.
test('under a rush of events the list changes ten times a second at most, stays small and ends complete', async ({
  page,
}) => {
  const send = (series: string, many: number) =>
    sendSteadily({
      receiverUrl: bridge.host.receiverUrl,
      secret: bridge.sandbox.signingSecret,
      perSecond: 500,
      isOver: (count) => count === many,
      event: (count) => accountEvent(series, count).event,
    })
  await openConsole(page, bridge.host, '#/live')
  await send('First', 50)
  const rows = page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
  await expect(rows.nth(15)).toBeVisible()

  await watchFrames(page)
  const look = await watchLoad(page)
  const before = await look()
  const { refused, seconds } = await send('Rush', 1_500)
  expect(refused).toBe(0)
  const after = await look()
  const { mostPaints, maxRows } = await takeFrames(page)
  expect(mostPaints).toBeGreaterThan(0)
  expect(mostPaints).toBeLessThanOrEqual(11)
  expect(maxRows).toBeLessThan(60)
  expect((after.busyMs - before.busyMs) / (seconds * 1_000)).toBeLessThan(0.5)
  expect(after.heapMb - before.heapMb).toBeLessThan(15)

  const [newest] = await bridge.events()
  await expect(rows.first()).toHaveAttribute('id', `event-${newest?.id}`)
})
