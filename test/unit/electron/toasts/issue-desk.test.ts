import { expect, it } from 'vitest'
import { IssueDesk } from '#electron/toasts/issue-desk.ts'
import { isQuiet } from '#electron/toasts/quiet-hours.ts'

const issue = (key: string, title = key) => ({ key, title, body: '', hash: '#/failures' })

it('shows one toast for each issue, and another one only after it was over', () => {
  const shown: string[] = []
  const desk = new IssueDesk(
    ({ title }) => shown.push(title),
    () => false,
  )
  desk.take([issue('dead', '1 failed')])
  desk.take([issue('dead', '2 failed'), issue('salesforce')])
  desk.take([issue('dead', '3 failed')])
  expect(shown).toEqual(['1 failed', 'salesforce'])
  desk.take([])
  desk.take([issue('dead', '1 failed again')])
  expect(shown).toEqual(['1 failed', 'salesforce', '1 failed again'])
})

it('holds back in quiet hours, and afterwards tells what is still open', () => {
  const shown: string[] = []
  let isHeldBack = true
  const desk = new IssueDesk(
    ({ key }) => shown.push(key),
    () => isHeldBack,
  )
  desk.take([issue('dead'), issue('salesforce')])
  desk.take([issue('dead')])
  expect(shown).toEqual([])
  isHeldBack = false
  desk.look()
  desk.look()
  expect(shown).toEqual(['dead'])
})

it('tells nobody what is known', () => {
  const shown: string[] = []
  const desk = new IssueDesk(
    ({ key }) => shown.push(key),
    () => false,
  )
  desk.takeAsKnown([issue('dead')])
  desk.take([issue('dead'), issue('storage')])
  expect(shown).toEqual(['storage'])
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
