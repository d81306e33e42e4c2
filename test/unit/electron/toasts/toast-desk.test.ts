import { expect, it } from 'vitest'
import { isQuiet } from '#electron/toasts/quiet-hours.ts'
import { ToastDesk } from '#electron/toasts/toast-desk.ts'
import { toast } from '#shared/domain/notification.ts'

const told = (id: number, more: object = {}) => {
  const parts = { title: `Alert ${id}`, body: '', alertIds: [id], hash: `#/alerts/${id}` }
  return toast.parse({
    notificationId: 1,
    channelId: 'toast',
    reason: 'opened',
    severity: 'warning',
    ...parts,
    ...more,
  })
}

/** Of seven alerts: what came at once, and what was gathered; the all-clear names the last of them only. */
const storm = [told(1), told(2), told(3, { reason: 'storm' }), told(4, { alertIds: [2, 4, 5, 6], reason: 'storm' })]
const clear = told(7, { alertIds: [4, 7], reason: 'all-clear' })

function openDesk(isHeldBack: () => boolean) {
  const shown: string[] = []
  return { shown, desk: new ToastDesk(({ title }) => shown.push(title), isHeldBack) }
}

it('shows each as it comes', () => {
  const { desk, shown } = openDesk(() => false)
  for (const reason of ['opened', 'resolved']) desk.take(told(1, { reason, title: reason }))
  expect(shown).toEqual(['opened', 'resolved'])
})

it.each([
  ['one that waited', [told(1)], ['Alert 1']],
  ['nothing of what is over', [told(1, { hash: '#/failures' }), told(1, { reason: 'resolved' })], []],
  ['nothing of several that are over', [told(1), told(2), told(1, { alertIds: [1, 2], reason: 'resolved' })], []],
  ['the last state of each', [told(1), told(1, { reason: 'reminder', title: 'Still' })], ['Still']],
  ['one for several', [told(1), told(2)], ['2 alerts came meanwhile']],
  ['nothing of a storm that has cleared', [...storm, clear], []],
  ['what came after it cleared', [...storm, clear, told(9)], ['Alert 9']],
  ['what is of another severity', [told(8, { severity: 'critical' }), ...storm, clear], ['Alert 8']],
  ['what another channel was to tell', [told(8, { channelId: 'desk' }), ...storm, clear], ['Alert 8']],
  ['a test', [told(8, { alertIds: [], reason: 'test' }), ...storm, clear], ['Alert 8']],
])('holds back in quiet hours, and shows afterwards, once: %s', (_what, toasts, expected) => {
  let isHeldBack = true
  const { desk, shown } = openDesk(() => isHeldBack)
  for (const one of toasts) desk.take(one)
  desk.look()
  expect(shown).toEqual([])
  isHeldBack = false
  desk.look()
  desk.look()
  expect(shown).toEqual(expected)
})

it.each([
  ['leads to the place that all share', '#/failures', '#/failures', '#/failures'],
  ['leads to the alerts where they are about different things', '#/failures', '#/connections', '#/alerts'],
])('one for several %s', (_what, one, other, expected) => {
  let isHeldBack = true
  const led: string[] = []
  const desk = new ToastDesk(
    ({ hash }) => led.push(hash),
    () => isHeldBack,
  )
  desk.take(told(1, { hash: one }))
  desk.take(told(2, { hash: other }))
  isHeldBack = false
  desk.look()
  expect(led).toEqual([expected])
})

it.each([
  ['22:00', '07:00', '23:10', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['22:00', '07:00', '12:00', false],
  ['12:00', '13:00', '12:00', true],
  ['12:00', '13:00', '13:00', false],
  ['12:00', '12:00', '12:00', false],
])('from %s until %s it is quiet at %s: %s', (from, until, now, expected) => {
  expect(isQuiet({ from, until }, new Date(`2026-05-04T${now}:00`))).toBe(expected)
})
