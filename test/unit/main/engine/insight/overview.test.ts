import { describe, expect, it } from 'vitest'
import { describeOverview, type OverviewInput } from '#main/engine/insight/overview.ts'
import { echoNote } from '#main/store/own-writes.ts'
import { counted, type Counted } from '#shared/domain/metrics.ts'
import type { Health } from '#shared/domain/health.ts'
import { reasonCount } from '#shared/domain/overview.ts'
import { searchWords } from '#shared/logic/filter-tokens.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'
import type { ChannelId, ConnectionId, RouteId, SourceId } from '#shared/domain/ids.ts'

const minute = 60_000
const now = 100_000 * minute
const fine = { state: 'ok', since: null, reason: null, nextStep: null } as const
const none = Object.fromEntries(counted.map((one) => [one, 0])) as Record<Counted, number>

const connection: Health['connections'][number] = {
  ...fine,
  id: 'cw' as ConnectionId,
  kind: 'connectwise',
  name: 'ConnectWise',
  waiting: 0,
  heldUntil: null,
  budget: null,
}
const source: Health['sources'][number] = {
  ...fine,
  id: 'sf' as SourceId,
  kind: 'salesforce-webhook',
  name: 'Salesforce',
  url: null,
  lastEventAt: now - 30 * minute,
  events: 1,
  rejections: 0,
}
const health: Health = {
  state: 'ok',
  sentence: 'All is well.',
  version: '1',
  workspace: 'live',
  startedAt: 0,
  receiverUrl: '',
  sandbox: null,
  connections: [connection],
  sources: [source],
  queue: { pending: 0, leased: 0, waiting: 0, parked: 0, dead: 0, oldestOpenAt: null },
  storage: fine,
  pauses: [],
}
const calm: OverviewInput = {
  now,
  health,
  backlog: { at: now, count: 0, oldestAt: null, reasons: new Map(), samples: [], parked: [] },
  pairs: { pairs: 10, troubled: 2, dead: 0 },
  deadGroups: [],
  counts: none,
  active: [{ minutes: [], hours: [] }],
  budgets: [],
  alerts: [],
  routes: [],
}
const dead = { routeId: 'a', code: 'NO GOOD', sentence: 'Refused.', fix: 'Mend it.', count: 3, since: now - 5 }
const down = {
  ...fine,
  state: 'down' as const,
  since: now - 1,
  reason: 'ConnectWise does not answer.',
  nextStep: 'Wait.',
}
const everyMinute = Array.from({ length: 100 }, (_, index) => now - (200 - index) * minute)

describe('the first screen', () => {
  it('says that all is well when nothing wants a person', () => {
    expect(describeOverview(calm)).toMatchObject({ verdict: 'well', inSync: 8, failing: 0, issues: [] })
  })

  it('puts what is down before what only wants a look, however new it is', () => {
    const input = { ...calm, deadGroups: [dead], health: { ...health, connections: [{ ...connection, ...down }] } }
    const { verdict, sentence, issues } = describeOverview(input)
    expect(verdict).toBe('not-well')
    expect(sentence).toBe('ConnectWise does not answer. One more thing wants a look.')
    expect(issues.map(({ key }) => key)).toEqual(['connection:cw', 'dead:a:NO GOOD'])
  })

  it('says that people are not told any more', () => {
    const channel = {
      ...fine,
      ...down,
      state: 'degraded' as const,
      id: 'slack' as ChannelId,
      kind: 'slack',
      name: 'Slack',
    }
    const unsent = { ...channel, id: 'new' as ChannelId, state: 'unknown' as const }
    const { issues, verdict } = describeOverview({ ...calm, health: { ...health, channels: [channel, unsent] } })
    expect(verdict).toBe('attention')
    expect(issues.map(({ key }) => key)).toEqual(['channel:slack'])
  })

  it('leads from each cause of failure to the failures that have it', () => {
    const [issue] = describeOverview({ ...calm, deadGroups: [dead] }).issues
    expect(issue).toMatchObject({
      sentence: 'Refused. 3 deliveries have failed for this reason.',
      whatToDo: 'Mend it.',
      place: { filter: 'state:dead route:a error:"NO GOOD"' },
    })
  })

  it.each([
    ['a source that has events every minute and is silent for half an hour', everyMinute, true],
    ['a source that nobody knows the rhythm of', [], false],
  ])('looks at the silence of %s', (_what, active, isQuiet) => {
    const { sources, verdict } = describeOverview({ ...calm, active: [{ minutes: active, hours: [] }] })
    expect(sources[0]).toMatchObject({ quietMs: 30 * minute, isUnusuallyQuiet: isQuiet })
    expect(verdict).toBe(isQuiet ? 'attention' : 'well')
  })

  it('reminds of a pause, and of what is parked for a choice', () => {
    const pause = { scope: 'route' as const, id: 'a', reason: 'Lunch', who: 'console', pausedAt: now - 9 }
    const parked = [{ code: 'CONFLICT', sentence: 'Both sides changed.', count: 1, since: now - 4 }]
    const input = { ...calm, health: { ...health, pauses: [pause] }, backlog: { ...calm.backlog, parked } }
    expect(describeOverview(input).issues.map(({ key }) => key)).toEqual(['pause:route:a', 'parked:CONFLICT'])
  })

  it.each([
    ['route', 'a', 'The route Accounts to companies was paused by a person at the console: Lunch.'],
    ['connection', 'cw', 'The connection ConnectWise was paused by a person at the console: Lunch.'],
    ['source', 'sf', 'The source Salesforce was paused by a person at the console: Lunch.'],
    ['route', 'gone', 'The route gone was paused by a person at the console: Lunch.'],
    ['everything', '', 'Everything was paused by a person at the console: Lunch.'],
  ] as const)('names what is paused as people know it: %s %s', (scope, id, sentence) => {
    const pauses = [{ scope, id, reason: 'Lunch', who: 'console', pausedAt: now - 9 }]
    const routes = [{ id: 'a' as RouteId, name: 'Accounts to companies' }]
    expect(describeOverview({ ...calm, health: { ...health, pauses }, routes }).issues).toMatchObject([{ sentence }])
  })

  it('leads from each reason to the events or the place that it counts, and nowhere to what is older', () => {
    const reasons = new Map(reasonCount.shape.reason.options.map((reason) => [reason, 1] as const))
    const all = Object.fromEntries(counted.map((one) => [one, 1])) as Record<Counted, number>
    const { waiting, excluded } = describeOverview({
      ...calm,
      backlog: { ...calm.backlog, count: 8, reasons },
      counts: all,
    })
    const places = [...waiting.reasons, ...excluded.reasons].map(({ place }) => place)
    expect(new Set(places.map(placeAddress)).size).toBe(places.length - 1)
    for (const { place } of excluded.reasons) {
      const { filter, problems } = parseFilter(place.filter)
      expect([filter.since, problems]).toEqual(['24h', []])
    }
    expect(echoNote).toContain(searchWords(parseFilter(excluded.reasons[1]?.place.filter ?? '').filter.text ?? '')[0])
  })

  it.each([
    [[{ scope: 'route', id: 'a' }], { screen: 'routes', filter: 'a' }],
    [[{ scope: 'connection', id: 'cw' }], { screen: 'connections', filter: 'connection:cw' }],
    [
      [
        { scope: 'connection', id: 'cw' },
        { scope: 'source', id: 'sf' },
      ],
      { screen: 'connections', filter: 'connection:cw' },
    ],
    [
      [
        { scope: 'route', id: 'a' },
        { scope: 'route', id: 'b' },
      ],
      { screen: 'connections', filter: '' },
    ],
  ] as const)('leads from what is paused to where %j is ended', (paused, place) => {
    const pauses = paused.map((one) => ({ ...one, reason: 'Lunch', who: 'console', pausedAt: 1 }))
    const backlog = { ...calm.backlog, count: 1, reasons: new Map([['paused', 1] as const]) }
    const { waiting } = describeOverview({ ...calm, backlog, health: { ...health, pauses } })
    expect(waiting.reasons).toMatchObject([{ reason: 'paused', place }])
  })

  it('tells what waits and what was left out by reason, and nothing of what did not happen', () => {
    const backlog = { ...calm.backlog, count: 3, reasons: new Map([['retry', 2] as const, ['choice', 1] as const]) }
    const told = describeOverview({ ...calm, backlog, counts: { ...none, echoes: 4, unmatched: 1 } })
    expect(told.waiting.reasons.map(({ reason, count }) => [reason, count])).toEqual([
      ['choice', 1],
      ['retry', 2],
    ])
    expect(told.excluded).toMatchObject({ count: 5, reasons: [{ reason: 'echo' }, { reason: 'unmatched' }] })
  })
})
