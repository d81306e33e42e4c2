import type { HostClient } from '#renderer/client/host-client.ts'
import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import { connection } from '#shared/domain/connection.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { rejection } from '#shared/domain/event.ts'
import type { EventState, EventSummary } from '#shared/domain/event.ts'
import { replayReceipt } from '#shared/domain/replay.ts'
import { eventJudge } from '#shared/logic/judge-event.ts'
import { route } from '#shared/domain/route.ts'
import { source } from '#shared/domain/source.ts'
import { madeUpDelivery, madeUpDetail, madeUpEvent, madeUpHealth } from './made-up-data.ts'

export interface MadeUp {
  readonly workspace: string
  /** New events a second. */
  readonly perSecond: number
  readonly events: number
  readonly linked: boolean
}

/** A host that makes up what it says, to look at the console without a relay. It knows no more of the contract than that takes. */
export function createMadeUpHost({ workspace: first, perSecond, events: many, linked }: MadeUp): HostClient {
  const now = Date.now()
  let workspace = first
  let newest = workspace === 'empty' || workspace === 'unconfigured' ? 0 : many
  let seq = 1
  const events = new Map<number, EventSummary>()
  for (let id = 1; id <= newest; id += 1) events.set(id, madeUpEvent(id, now, newest))
  const replayed = new Set<number>()
  let listener: ((message: LiveMessage) => void) | null = null

  const dead = (): DeliveryDetail[] =>
    [...events.values()]
      .filter((event) => event.state === 'dead' && !replayed.has(event.id))
      .map(madeUpDelivery)
      .reverse()
  const found = (criteria: EventCriteria) => {
    const fits = eventJudge(criteria)
    return [...events.values()].filter((event) => fits(event, Date.now()) !== false)
  }
  const health = () => madeUpHealth(workspace, now, dead().length)

  const methods = {
    events: {
      list: async (query: EventCriteria & { after?: string; limit?: number }) => {
        const start = query.after ? Number(query.after) : newest + 1
        const rows = found(query)
          .filter((event) => event.id < start)
          .reverse()
        const items = rows.slice(0, query.limit ?? 100)
        return { items, next: rows.length > items.length ? String(items.at(-1)?.id) : null }
      },
      get: async ({ id }: { id: number }) => {
        const event = events.get(id)
        if (!event) throw new Error(`There is no event ${id}.`)
        return madeUpDetail(event)
      },
      count: async (query: EventCriteria) => ({ count: found(query).length, isAll: true }),
      histogram: async ({ hours, buckets, ...query }: EventCriteria & { hours: number; buckets: number }) => {
        const bucketMs = (hours * 3_600_000) / buckets
        const from = Date.now() - hours * 3_600_000
        const counts = Array.from({ length: buckets }, (): Partial<Record<EventState, number>> => ({}))
        for (const { receivedAt, state } of found(query)) {
          const bucket = counts[Math.floor((receivedAt - from) / bucketMs)]
          if (bucket !== undefined) bucket[state] = (bucket[state] ?? 0) + 1
        }
        return { from, bucketMs, buckets: counts, countedFrom: from }
      },
      body: async () => ({ contentType: 'application/json', body: '{}' }),
      bodyPiece: async () => ({ text: '{}', next: null, size: 2 }),
    },
    samples: { list: async () => [] },
    rejections: {
      list: async () => ({
        next: null,
        items: [
          {
            id: 3,
            status: 401,
            code: 'bad-signature',
            sentence:
              'The signature does not belong to this payload: it was signed with another secret, or changed on the way.',
            count: 1,
            size: 1_204,
          },
          {
            id: 2,
            status: 413,
            code: 'too-large',
            sentence: 'The request is larger than the 25 MB that this source takes.',
            count: 1,
            size: 31_457_280,
          },
          {
            id: 1,
            status: 400,
            code: 'not-json',
            sentence: 'The payload is not JSON: it ends in the middle of a text, at character 811.',
            count: 14,
            size: 811,
          },
        ].map((item) =>
          rejection.parse({
            ...item,
            sourceId: 'salesforce-webhook',
            receivedAt: now - item.id * 600_000,
            remoteAddress: '203.0.113.7',
            headers: { 'user-agent': 'Hookdeck/1.0', 'content-type': 'application/json' },
            excerpt: '{"header":{"changeType":"UPDATE","entityName":"Account"',
          }),
        ),
      }),
    },
    views: {
      list: async () => [{ name: 'Stuck tickets', filter: 'state:dead entity:ticket', savedAt: now }],
      save: async (input: object) => ({ ...input, savedAt: now }),
      remove: async () => [],
    },
    mappings: { list: async () => [] },
    records: { search: async () => ({ items: [], next: null }), timeline: async () => ({ items: [], next: null }) },
    deliveries: {
      cancelMany: async () => ({ cancelled: 0, kept: 0 }),
      list: async ({ state }: { state?: string }) => ({ items: state === 'dead' ? dead() : [], next: null }),
      cancel: async () => dead()[0],
    },
    replays: {
      list: async () => ({
        items: [
          {
            id: 1,
            createdAt: now - 900_000,
            who: 'console',
            rate: null,
            mode: 'current',
            note: '',
            total: 12,
            delivered: 11,
            failed: 1,
            open: 0,
          },
        ],
        next: null,
      }),
      create: async ({ deliveryIds }: { deliveryIds: number[] }) => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        for (const id of deliveryIds) replayed.add(id)
        return replayReceipt.parse({ replayId: 2, deliveryIds: deliveryIds.map((id) => id + 10_000), refused: [] })
      },
    },
    connections: {
      list: async () =>
        health().connections.map((part) => ({
          health: part,
          secrets: { privateKey: { set: true } },
          connection: connection.parse(
            part.kind === 'salesforce'
              ? {
                  id: 'salesforce',
                  kind: 'salesforce',
                  name: part.name,
                  settings: { loginUrl: 'https://acme.my.salesforce.com', clientId: '3MVG9lKcPoNINVB' },
                }
              : {
                  id: 'connectwise',
                  kind: 'connectwise',
                  name: part.name,
                  settings: {
                    baseUrl: 'https://cw.example.com/v4_6_release',
                    companyId: 'acmemsp',
                    publicKey: 'pub',
                    clientId: '0a1b',
                    memberId: 'patchbay',
                  },
                },
          ),
        })),
      save: async (input: { connection: unknown }) => input.connection,
      test: async () => ({
        checks: [
          { name: 'Reachable', ok: true, sentence: 'The server answers within 84 ms.', fix: null },
          { name: 'Sign-in', ok: true, sentence: 'Signed in as patchbay@acme.com.', fix: null },
          {
            name: 'External id field',
            ok: false,
            sentence: 'Case has no field ConnectWise_Id__c.',
            fix: 'Create it as Text(40), External ID, Unique.',
          },
        ],
      }),
    },
    sources: {
      list: async () =>
        health().sources.map((part) => ({
          secrets: { signingSecret: { set: true } },
          source: source.parse({
            id: part.id,
            kind: part.kind,
            name: part.name,
            settings:
              part.kind === 'connectwise-sql'
                ? { connectionId: 'connectwise', host: 'SQL01', database: 'cwwebapp_acme', user: 'patchbay' }
                : { connectionId: part.kind === 'salesforce-webhook' ? 'salesforce' : 'connectwise' },
          }),
        })),
      save: async (input: { source: unknown }) => input.source,
      test: async () => ({
        checks: [{ name: 'Signing secret', ok: true, sentence: 'A secret is set.', fix: null }],
      }),
      scripts: async () => [
        {
          name: 'install.sql',
          purpose: 'Creates the schema patchbay with its queue, triggers and procedures.',
          text: "SET XACT_ABORT ON;\nIF SCHEMA_ID(N'patchbay') IS NULL\n  EXEC(N'CREATE SCHEMA patchbay');\nGO\n",
        },
        {
          name: 'uninstall.sql',
          purpose: 'Takes it all away again.',
          text: 'DROP TRIGGER IF EXISTS dbo.patchbay_company;\n',
        },
      ],
    },
    routes: {
      list: async () => [
        madeUpRoute('account-to-company', 'Account to company', 'salesforce'),
        madeUpRoute('ticket-to-case', 'Ticket to case', 'connectwise'),
      ],
      save: async (input: unknown) => input,
    },
    pauses: { set: async () => ({ underWay: 0 }), clear: async () => [] },
    sandbox: {
      start: async () => {
        workspace = 'sandbox'
        return health()
      },
      leave: async () => {
        workspace = 'unconfigured'
        return health()
      },
      traffic: async ({ perMinute }: { perMinute: number }) => ({ perMinute }),
      faults: async () => ({ ok: true }),
    },
  }

  return {
    call: methods as unknown as HostClient['call'],
    close: () => undefined,
    watch(onMessage, onState) {
      listener = onMessage
      onState('open')
      onMessage({ type: 'hello', seq, resumed: false, version: '0.1.0', health: health() })
      if (!linked) setTimeout(() => onState('lost'), 300)
      const timer = setInterval(
        () => {
          const many = Math.max(1, Math.round(perSecond / 20))
          const fresh = Array.from({ length: many }, () => madeUpEvent(++newest, Date.now(), newest))
          for (const event of fresh) events.set(event.id, event)
          listener?.({ type: 'events', seq: ++seq, events: fresh })
        },
        perSecond > 0 ? Math.max(50, 1_000 / perSecond) : 2 ** 30,
      )
      return () => clearInterval(timer)
    },
  }
}

function madeUpRoute(id: string, name: string, from: 'salesforce' | 'connectwise') {
  const to = from === 'salesforce' ? 'connectwise' : 'salesforce'
  return route.parse({
    id,
    name,
    from,
    match: { entity: 'Account', actions: ['updated'] },
    mappingId: 'account-company',
    connectionId: to,
    sourceConnectionId: from,
  })
}
