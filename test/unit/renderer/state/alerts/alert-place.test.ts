import { describe, expect, it } from 'vitest'
import { alertAddress, alertViewOf, channelAddress, ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { endWords, eventsLink, stepWords } from '#renderer/state/alerts/alert-words.ts'
import { scopeChoices, scopeOf, scopeValue } from '#renderer/state/alerts/scope-choices.ts'
import { firingsOf, trialSubjects } from '#renderer/state/alerts/trial-subjects.ts'
import { placeOf } from '#renderer/state/place.ts'
import type { AlertScope, RuleTrial } from '#shared/domain/alert.ts'

describe('places of the alerts', () => {
  it.each([
    ['#/alerts', { tab: 'open' }],
    ['#/alerts/12', { tab: 'alert', id: 12 }],
    ['#/alerts/012', { tab: 'open' }],
    ['#/alerts/history', { tab: 'history' }],
    ['#/alerts/rules', { tab: 'rules', id: null }],
    [ruleAddress('new'), { tab: 'rules', id: 'new' }],
    [channelAddress(), { tab: 'channels', id: null, kind: null }],
    [channelAddress('new', { kind: 'slack' }), { tab: 'channels', id: 'new', kind: 'slack' }],
    [alertAddress(7), { tab: 'alert', id: 7 }],
  ])('%s', (hash, view) => {
    expect(alertViewOf(placeOf(hash))).toEqual(view)
  })
})

describe('an alert in words', () => {
  it('leads to the list with its filter', () => {
    const place = { screen: 'live', filter: 'state:dead route:a' } as const
    expect(eventsLink({ place })).toEqual({
      label: 'Show the events',
      hash: '#/live?filter=state%3Adead+route%3Aa',
    })
  })

  it('says who ended it and why', () => {
    expect(endWords({ resolved: null })).toBe('')
    expect(endWords({ resolved: { at: 1, who: null, note: '' } })).toBe('By itself')
    expect(endWords({ resolved: { at: 1, who: 'Ann', note: 'Restarted' } })).toBe('By Ann: Restarted')
    expect(endWords({ resolved: { at: 1, who: 'console', note: '' } })).toBe('By somebody at the console')
  })

  it('tells a step with who, why and what was measured', () => {
    const step = { at: 1, what: 'acknowledged', who: 'Ann', note: 'On it', value: 82.25 } as const
    expect(stepWords({ metric: 'success-rate' }, step).text).toBe('By Ann. On it. Measured: 82.3 %.')
    expect(stepWords({ metric: 'lag' }, { ...step, what: 'resolved', who: null, note: '', value: null })).toEqual({
      title: 'Over by itself',
      text: '',
      tone: 'good',
    })
  })
})

describe('what a rule can be about', () => {
  const names = new Map([
    ['route:a', 'Accounts'],
    ['route:b', 'Tickets'],
    ['source:s', 'Webhook'],
  ])

  it.each<AlertScope>([
    { kind: 'all', id: null },
    { kind: 'route', id: null },
    { kind: 'route', id: 'a-b' },
  ])('is one text that can be read back: %j', (scope) => {
    expect(scopeOf(scopeValue(scope))).toEqual(scope)
  })

  it('keeps what a rule names, even when it is gone', () => {
    const choices = scopeChoices(['route'], { kind: 'route', id: 'gone' }, names)
    expect(choices).toEqual([
      {
        group: 'Routes',
        items: [
          { value: 'route:', label: 'Each route' },
          { value: 'route:a', label: 'Accounts' },
          { value: 'route:b', label: 'Tickets' },
          { value: 'route:gone', label: 'gone (not there any more)' },
        ],
      },
    ])
  })

  it('is listed in a trial with the one that fired most first, its newest firing first', () => {
    const firing = (id: string, from: number) => ({
      subject: { kind: 'route' as const, id, name: id },
      from,
      until: null,
      value: 1,
    })
    const trial: RuleTrial = { from: 0, to: 9, sentence: '', firings: [firing('b', 1), firing('b', 5), firing('a', 3)] }
    const subjects = trialSubjects({ scope: { kind: 'route', id: null } }, trial, names)
    expect(subjects.map(({ label, firings }) => [label, firings])).toEqual([
      ['Tickets', 2],
      ['Accounts', 1],
    ])
    expect(firingsOf(trial, { kind: 'route', id: 'b' }).map(({ from }) => from)).toEqual([5, 1])
  })
})
