import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askForParents } from '#main/engine/intake/parents.ts'
import { recordOutcome } from '#main/outcomes/record.ts'
import type { Store } from '#main/store/store.ts'
import { leasedDelivery, queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const parent = 'salesforce:Account:001P'
let store: Store
let close: () => Promise<void>
beforeEach(() => {
  ;({ store, close } = temporaryStore())
})
afterEach(() => close())

/** A delivery that waits for the parent since instant 1. */
async function waitingChild(key: string, waitsFor = parent) {
  const { eventId, lease } = await leasedDelivery(store, key, `salesforce:Contact:${key}`)
  const failure = { class: 'dependency', stage: 'transform', code: 'x', sentence: 'It waits.', waitsFor } as const
  const next = { state: 'waiting', availableAt: 1_000, counts: false, exhausted: null } as const
  await store.write((tx) => recordOutcome(tx, lease, eventId, { kind: 'failed', failure, next }, null, 1))
  return eventId
}

const ask = (now: number) => store.write((tx) => askForParents(tx, now))
const swept = () =>
  store.read((tx) =>
    tx.all(`select system, entity, record_id as id, action, fields_kind as fields from events where via = 'sweep'`),
  )

describe('a parent that nobody saves', () => {
  it('is asked for once, after a short while, however many children wait', async () => {
    await waitingChild('a')
    await waitingChild('b')
    await ask(10_000)
    expect(swept()).toEqual([])
    await ask(10_001)
    expect(swept()).toEqual([
      { system: 'salesforce', entity: 'Account', id: '001P', action: 'touched', fields: 'none' },
    ])
    await waitingChild('c')
    await ask(900_000)
    expect(swept()).toHaveLength(1)
    expect(store.read((tx) => tx.all('select 1 from duplicates'))).toEqual([])
  })

  it('is left alone while it is on its way by itself', async () => {
    await queuedDelivery(store, 'parent', parent)
    await waitingChild('a')
    await ask(900_000)
    expect(swept()).toEqual([])
  })

  it('is not asked for by a delivery that has given up, nor for one that a pause holds', async () => {
    await waitingChild('a')
    await waitingChild('b', 'pause:route:account-to-company')
    await store.write((tx) => tx.run(`update deliveries set state = 'dead' where waits_for = ?`, parent))
    await ask(900_000)
    expect(swept()).toEqual([])
  })

  it('stands in the journal like any event, with the word why', async () => {
    const eventId = await waitingChild('a')
    await ask(900_000)
    const row = store.read((tx) =>
      tx.get<{ body: Buffer; source_id: string; routed_at: number | null }>(
        `select p.body, e.source_id, e.routed_at from events e join payloads p on p.event_id = e.id where e.via = 'sweep'`,
      ),
    )
    expect(row).toMatchObject({ source_id: 'salesforce', routed_at: null })
    expect(JSON.parse(String(row?.body))).toMatchObject({ reason: expect.stringContaining(`${eventId}`) as unknown })
  })
})
