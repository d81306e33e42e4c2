import { describe, expect, it } from 'vitest'
import {
  criteriaOf,
  failureTabOf,
  failureViewOf,
  filterAddress,
  listAddress,
  noFilter,
} from '#renderer/state/failure-place.ts'
import { placeOf } from '#renderer/state/place.ts'
import type { RouteId } from '#shared/domain/ids.ts'

const viewAt = (hash: string) => failureViewOf(placeOf(hash))
const key = { routeId: 'cases' as RouteId, class: 'permanent', code: 'A&B', field: null } as const

describe('the places of the failures', () => {
  it('are read from their addresses', () => {
    expect(viewAt('#/failures')).toEqual({ tab: 'open', filter: noFilter })
    expect(viewAt('#/failures/resolved')).toEqual({ tab: 'resolved' })
    expect(viewAt('#/failures/discarded')).toEqual({ tab: 'discarded' })
    const filter = { text: 'acme 1&2', route: 'cases', class: 'auth', code: 'X' } as const
    expect(viewAt(filterAddress(filter))).toEqual({ tab: 'open', filter })
  })

  it.each([
    ['open', '#/failures?text=acme'],
    ['open', listAddress('open', { groups: [key] })],
    ['open', listAddress('waiting', {})],
    ['resolved', listAddress('settled', { groups: [key] })],
    ['discarded', listAddress('settled', {}, 7)],
  ])('belong to the tab %j: %s', (tab, hash) => {
    expect(failureTabOf(viewAt(hash))).toBe(tab)
  })

  it.each([
    { groups: [key] },
    { groups: [{ ...key, field: 'status/id' }] },
    { waitsFor: 'salesforce:Account:001' },
    { class: 'permanent', code: 'MASS_DELETE' } as const,
  ])('lead back to the deliveries of %j', (criteria) => {
    expect(viewAt(listAddress('parked', criteria))).toEqual({ tab: 'list', state: 'parked', criteria, discardId: null })
  })

  it('know a discard, and take what makes no sense for the open ones', () => {
    expect(viewAt(listAddress('settled', {}, 7))).toEqual({ tab: 'list', state: 'settled', criteria: {}, discardId: 7 })
    expect(viewAt('#/failures/list?state=x&class=y&discard=-1')).toEqual({
      tab: 'list',
      state: 'open',
      criteria: {},
      discardId: null,
    })
  })

  it('take the filter that other screens lead here with', () => {
    const filter = { text: '', route: 'cases', class: '', code: 'PICKLIST' }
    expect(viewAt(`#/failures?filter=${encodeURIComponent('state:dead route:cases error:PICKLIST')}`)).toEqual({
      tab: 'open',
      filter,
    })
  })
})

describe('what a filter asks for', () => {
  it('leaves out what is empty', () => {
    expect(criteriaOf(noFilter)).toEqual({})
    expect(criteriaOf({ text: ' acme ', route: 'cases', class: 'auth', code: '' })).toEqual({
      text: 'acme',
      routeId: 'cases',
      class: 'auth',
    })
  })
})
