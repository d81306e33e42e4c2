import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import type { AlertRuleId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { startEngineIn } from '#test/support/engine.ts'
import { LeapingClock } from '#test/support/leaping-clock.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '#test/support/small-disk.ts'
import { until } from '#test/support/until.ts'

const mebibyte = 1024 * 1024

let disk: SmallDisk | null
let engine: Engine | null = null
beforeEach(() => {
  disk = smallDisk(64 * mebibyte)
})
afterEach(async () => {
  await engine?.stop()
  disk?.remove()
})

it('people hear that the disk is full while it is, and once; and when there is room again', async (context) => {
  if (disk === null) return context.skip(noSmallDisk)
  const clock = new LeapingClock()
  const running = (engine = await startEngineIn(disk.path, { clock, reserveBytes: 8 * mebibyte }))
  const shown: string[] = []
  const onShown = ({ toasts = [] }: { toasts?: readonly Toast[] }) =>
    void shown.push(...toasts.map(({ title }) => title).filter((title) => title.includes('is full')))
  running.onChange(onShown)
  const nextMinute = async () => {
    clock.leap(minuteMs)
    await running.alerts.tick()
  }
  const storage = () => running.health().storage?.state
  await until('the reserve is made', () => running.storage().reserveBytes === 8 * mebibyte)
  // A disk as small as this is always nearly full.
  await running.alerts.removeRule('disk' as AlertRuleId, 'ada')
  await nextMinute()

  disk.fill()
  // What people do is written down until there is no room for it.
  for (let order = 0; storage() !== 'down'; order += 1)
    await running.pause({ scope: 'everything', id: '' }, `${order} ${'x'.repeat(490)}`, 'ada')
  for (let minute = 0; minute < 3; minute++) await nextMinute()
  await until('people are told', () => shown.length > 0)
  expect(storage()).toBe('down')
  expect(shown).toEqual(['The disk is full'])

  disk.free()
  await until('there is room again', () => storage() !== 'down')
  await nextMinute()
  await until('people are told that it is over', () => shown.length > 1)
  expect(shown).toEqual(['The disk is full', 'Over: The disk is full'])
}, 60_000)
