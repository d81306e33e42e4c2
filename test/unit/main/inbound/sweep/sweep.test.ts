import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordChange } from '#main/connectors/connector.ts'
import { sweep } from '#main/inbound/sweep/sweep.ts'
import { createJournal, type Journal } from '#main/journal/journal.ts'
import { upsertLink } from '#main/store/links.ts'
import type { Store } from '#main/store/store.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const minute = 60_000
const start = Date.parse('2026-03-01T08:00:00.000Z')
const iso = (at: number) => new Date(at).toISOString()

let store: Store
let close: () => Promise<void>
let journal: Journal
let clock: HandClock
/** What was changed in Salesforce, by record. */
let changes: RecordChange[]
let asked: string[]

beforeEach(() => {
  ;({ store, close } = temporaryStore())
  journal = createJournal(store, () => undefined)
  clock = new HandClock(start)
  changes = []
  asked = []
})
afterEach(() => close())

function run(answer?: Result<readonly RecordChange[]>): Promise<Result<number>> {
  return sweep('Account', {
    store,
    journal,
    clock,
    system: 'salesforce',
    connectionId: 'sf' as ConnectionId,
    sourceId: 'salesforce' as SourceId,
    changedSince: (_, since) => {
      asked.push(since)
      return Promise.resolve(answer ?? ok(changes.filter(({ version }) => version > since)))
    },
  })
}

const change = (id: string, at: number, isDeleted = false): RecordChange => ({ id, version: iso(at), isDeleted })
const found = () =>
  store.read((tx) => tx.all(`select record_id as id, action, via, version from events where via = 'sweep' order by id`))

/** An event of the record that a webhook has brought. */
function announced(recordId: string, version: string | null): Promise<unknown> {
  return journal.append({
    sourceId: 'salesforce' as SourceId,
    system: 'salesforce',
    via: 'webhook',
    receivedAt: clock.now(),
    contentType: 'application/json',
    headers: {},
    verifiedBy: 'a test',
    items: [
      {
        content: {
          recordId,
          entity: 'Account',
          action: 'updated',
          title: null,
          version,
          occurredAt: null,
          actor: null,
          ownMark: false,
          fields: {},
          full: false,
        },
        body: new TextEncoder().encode('{}'),
        dedupeKeys: [`test:${recordId}:${version}`],
      },
    ],
  })
}

it('looks from the moment on at which it was first asked, and then stores what nobody has announced, once', async () => {
  changes = [change('001OLD', start - 60 * minute)]
  expect(await run()).toEqual(ok(0))
  expect(asked).toEqual([])
  changes.push(change('001TOLD', start + minute), change('001MISSED', start + 2 * minute))
  await announced('001TOLD', iso(start + minute))
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(1))
  expect(asked).toEqual([iso(start - 5 * minute)])
  expect(found()).toEqual([{ id: '001MISSED', action: 'touched', via: 'sweep', version: iso(start + 2 * minute) }])
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(0))
  expect(asked.at(-1)).toBe(iso(start - 3 * minute))
  expect(found()).toHaveLength(1)
})

it('leaves what was changed a moment ago to its announcement, and comes back to it', async () => {
  await run()
  clock.add(15 * minute)
  changes = [change('001NEW', clock.now() - minute)]
  expect(await run()).toEqual(ok(0))
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(1))
})

it('knows what was read with the record, and what Patchbay wrote itself', async () => {
  await run()
  const read = iso(start + minute)
  const side = (id: string, version: string | null) => ({ entity: 'Account', id, version, synced: {} })
  await store.write((tx) => {
    const connectwise = { ...side('7', null), entity: 'company' }
    upsertLink(tx, { salesforce: side('001READ', read), connectwise }, clock.now())
    tx.run(
      `insert into writes (system, entity, record_id, version, delivery_id, written_at) values ('salesforce', 'Account', '001OURS', ?, 1, 1)`,
      read,
    )
  })
  changes = [change('001READ', start + minute), change('001OURS', start + minute), change('001LATER', start + minute)]
  await announced('001LATER', iso(start))
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(1))
  expect(found()).toMatchObject([{ id: '001LATER' }])
})

it('takes in the deletion of a linked record, and of no other', async () => {
  await run()
  await store.write((tx) => {
    const synced = {}
    const salesforce = { entity: 'Account', id: '001PAIR', version: iso(start + 9 * minute), synced }
    upsertLink(tx, { salesforce, connectwise: { entity: 'company', id: '7', version: null, synced } }, clock.now())
  })
  changes = [change('001PAIR', start + minute, true), change('001ALONE', start + minute, true)]
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(1))
  expect(found()).toMatchObject([{ id: '001PAIR', action: 'deleted' }])
  clock.add(15 * minute)
  expect(await run()).toEqual(ok(0))
})

it('begins again where it was when the system could not be asked, or its answer could not be stored', async () => {
  await run()
  changes = [change('001MISSED', start + minute)]
  clock.add(15 * minute)
  const failure = { class: 'transient', stage: 'deliver', code: 'x', sentence: 'It is away.' } as const
  expect(await run(failed(failure))).toEqual(failed(failure))
  expect(found()).toEqual([])
  const { append } = journal
  journal = { ...journal, append: () => Promise.reject(new Error('the disk is full')) }
  await expect(run()).rejects.toThrow('full')
  journal = { ...journal, append }
  expect(await run()).toEqual(ok(1))
})

it('stores thousands in several commits, of which the last one moves the cursor', async () => {
  await run()
  changes = Array.from({ length: 1_203 }, (_, place) => change(`001N${place}`, start + minute + place))
  clock.add(15 * minute)
  const { append } = journal
  let left = 2
  journal = { ...journal, append: (arrival) => (left-- > 0 ? append(arrival) : Promise.reject(new Error('killed'))) }
  await expect(run()).rejects.toThrow('killed')
  expect(found()).toHaveLength(1_000)
  journal = { ...journal, append }
  expect(await run()).toEqual(ok(203))
  expect(found()).toHaveLength(1_203)
})
