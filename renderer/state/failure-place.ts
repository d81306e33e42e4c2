import { failureClass, type FailureClass } from '#shared/domain/failure.ts'
import {
  failureListState,
  type FailureCriteria,
  type FailureGroup,
  type FailureGroupKey,
  type FailureListState,
} from '#shared/domain/failure-group.ts'
import type { RouteId } from '#shared/domain/ids.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'
import { addressOf, type Place } from './place.ts'

/** What narrows the open failures; empty texts narrow nothing. */
export interface FailureFilter {
  readonly text: string
  readonly route: string
  readonly class: FailureClass | ''
  /** A piece of the code. */
  readonly code: string
}

/** What of the failures a place shows: one of the tabs, or the deliveries of one group, search or discard. */
export type FailureView =
  | { readonly tab: 'open'; readonly filter: FailureFilter }
  | { readonly tab: 'resolved' }
  | { readonly tab: 'discarded' }
  | {
      readonly tab: 'list'
      readonly state: FailureListState
      readonly criteria: FailureCriteria
      readonly discardId: number | null
    }

export const noFilter: FailureFilter = { text: '', route: '', class: '', code: '' }

export function failureViewOf({ path, query }: Place): FailureView {
  switch (path[0]) {
    case 'resolved':
      return { tab: 'resolved' }
    case 'discarded':
      return { tab: 'discarded' }
    case 'list':
      return {
        tab: 'list',
        state: failureListState.safeParse(query['state']).data ?? 'open',
        criteria: criteriaOfQuery(query),
        discardId: /^\d+$/.test(query['discard'] ?? '') ? Number(query['discard']) : null,
      }
    default:
      return {
        tab: 'open',
        filter: query['filter'] === undefined ? filterOfQuery(query) : typedFilter(query['filter']),
      }
  }
}

/** The tab that a view belongs to: a list to the tab of its state. */
export function failureTabOf(view: FailureView): 'open' | 'resolved' | 'discarded' {
  if (view.tab !== 'list') return view.tab
  if (view.discardId !== null) return 'discarded'
  return view.state === 'settled' ? 'resolved' : 'open'
}

/** The address of the open failures, narrowed. */
export function filterAddress(filter: FailureFilter): string {
  return addressOf('failures', [], { ...filter })
}

/** The address of the deliveries that fit. */
export function listAddress(state: FailureListState, criteria: FailureCriteria, discardId?: number): string {
  const [group] = criteria.groups ?? []
  return addressOf('failures', ['list'], {
    state,
    route: group?.routeId ?? criteria.routeId ?? '',
    class: group?.class ?? criteria.class ?? '',
    code: group?.code ?? criteria.code ?? '',
    field: group?.field ?? '',
    waitsFor: criteria.waitsFor ?? '',
    text: criteria.text ?? '',
    discard: discardId === undefined ? '' : String(discardId),
  })
}

/** What a filter asks for, as the host takes it. */
export function criteriaOf({ text, route, class: kind, code }: FailureFilter): FailureCriteria {
  return {
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(route !== '' && { routeId: route as RouteId }),
    ...(kind !== '' && { class: kind }),
    ...(code !== '' && { code }),
  }
}

/** Whether a group stays in sight; words are looked for in its deliveries, not here. */
export function fitsFilter(group: FailureGroup, { route, class: kind, code }: FailureFilter): boolean {
  return (
    (route === '' || group.routeId === route) &&
    (kind === '' || group.class === kind) &&
    group.code.toLowerCase().includes(code.toLowerCase())
  )
}

export function keyOf({ routeId, class: kind, code, field }: FailureGroupKey): FailureGroupKey {
  return { routeId, class: kind, code, field }
}

/** One text for a group, to know it by. */
export function keyText(key: FailureGroupKey): string {
  return JSON.stringify(Object.values(keyOf(key)))
}

/** Route, class and code together name a group; a group without a field leaves it out. */
function criteriaOfQuery(query: Place['query']): FailureCriteria {
  const { code, field = '', waitsFor, text } = query
  const routeId = query['route'] as RouteId | undefined
  const kind = failureClass.safeParse(query['class']).data
  const rest = { ...(waitsFor !== undefined && { waitsFor }), ...(text !== undefined && { text }) }
  if (routeId !== undefined && kind !== undefined && code !== undefined)
    return { ...rest, groups: [{ routeId, class: kind, code, field: field === '' ? null : field }] }
  return {
    ...rest,
    ...(routeId !== undefined && { routeId }),
    ...(kind !== undefined && { class: kind }),
    ...(code !== undefined && { code }),
  }
}

function filterOfQuery({ text = '', route = '', class: kind, code = '' }: Place['query']): FailureFilter {
  return { text, route, class: failureClass.safeParse(kind).data ?? '', code }
}

/** Other screens lead here with a filter as it is typed in the live list. */
function typedFilter(typed: string): FailureFilter {
  const { text = '', routeId, failureClass: kinds, error } = parseFilter(typed).filter
  return { text, route: routeId?.[0] ?? '', class: kinds?.[0] ?? '', code: error?.[0] ?? '' }
}
