import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { recordOutcome } from '#main/outcomes/record.ts'
import { releaseParked } from '#main/outcomes/resolve.ts'
import { guardUnlink, type PlannedUnlink } from '#main/outcomes/unlink-guard.ts'
import type { Store } from '#main/store/store.ts'
import type { EventId, LinkId, SourceId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { leasedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const noon = 1_700_000_000_000
const minute = 60_000
const company = { system: 'connectwise', entity: 'company', id: '12' } as const
const account = { system: 'salesforce', entity: 'Account', id: '001000000000001AAA' } as const
const source = 'salesforce' as SourceId

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

function received(key: string, action: 'updated' | 'deleted', receivedAt = noon): Promise<EventId> {
  return store.write((tx) => {
    const [receipt] = append(tx, { ...arrivalOf(key, { action }), receivedAt })
    if (receipt === undefined) throw new Error('not stored')
    return receipt.eventId
  })
}

async function deletions(times: readonly number[]): Promise<EventId[]> {
  const ids: EventId[] = []
  for (const [index, at] of times.entries()) ids.push(await received(`deleted ${index}`, 'deleted', at))
  return ids
}

const deleted = (eventId: EventId, most: number | null): PlannedUnlink => ({
  eventId,
  sourceId: source,
  gone: account,
  told: 'deleted',
  orderedAt: null,
  most,
})
/** A record that can't be found, with an event that says nothing of it. */
const lost = (eventId: EventId, most: number): PlannedUnlink => ({
  ...deleted(eventId, most),
  gone: company,
  told: 'nothing',
})
const ask = (unlink: PlannedUnlink, now = noon + 1) => store.read((tx) => guardUnlink(tx, unlink, now))

let lane = 0
const leased = () => leasedDelivery(store, `leased ${++lane}`, `lane ${lane}`)
type Leased = Awaited<ReturnType<typeof leased>>

function endLink({ eventId, lease }: Leased, at: number, planned?: PlannedUnlink): Promise<boolean> {
  const outcome = { kind: 'unlinked', note: 'x', linkId: 1 as LinkId } as const
  return store.write((tx) =>
    recordOutcome(tx, lease, eventId, planned === undefined ? outcome : { ...outcome, planned }, null, at),
  )
}

async function park(one: Leased, unlink: PlannedUnlink, at: number): Promise<void> {
  const stop = ask(unlink, at)
  if (stop === null) throw new Error('not stopped')
  await store.write((tx) => recordOutcome(tx, one.lease, one.eventId, { kind: 'parked', ...stop }, null, at))
}

const release = ({ lease }: Leased, at: number) =>
  store.write((tx) => releaseParked(tx, lease.deliveryId, { who: 'jo', at }))

const stateOf = ({ lease }: Leased) =>
  store.read((tx) =>
    tx.get<{ state: string; attempt_count: number }>(
      'select state, attempt_count from deliveries where id = ?',
      lease.deliveryId,
    ),
  )

describe('deletions that were received together', () => {
  it.each([
    [3, 3, false],
    [3, 4, true],
    [1, 2, true],
    [null, 40, false],
  ] as const)('are held with a limit of %j and %i of them', async (most, count, isStopped) => {
    const ids = await deletions(Array.from({ length: count }, () => noon))
    const stop = ask(deleted(ids.at(-1) as EventId, most))
    const beyond = `More than ${most} record${most === 1 ? ' was' : 's were'} deleted`
    expect(stop?.failure.sentence.includes(beyond) ?? false).toBe(isStopped)
  })

  it('are held however late they are worked off: nobody can wait them out', async () => {
    const ids = await deletions(Array.from({ length: 30 }, (_, index) => noon + index))
    const aDayLater = noon + 24 * 60 * minute
    expect(ids.map((id) => ask(deleted(id, 20), aDayLater)?.failure.code)).toEqual(ids.map(() => 'MASS_DELETE'))
  })

  it('hold a change of the same source, too, whose record is gone', async () => {
    const id = await received('changed', 'updated')
    await deletions(Array.from({ length: 4 }, () => noon + minute))
    expect(ask({ ...deleted(id, 3), told: 'changed' })?.failure).toMatchObject({
      code: 'MASS_GONE',
      sentence: expect.stringContaining('more than 3 were deleted there') as unknown,
    })
    expect(ask(lost(id, 3)), 'nothing was said of the other system').toBeNull()
  })

  it('are those of any ten minutes with the event in them, and no more', async () => {
    const windowMs = 10 * minute
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 40 * minute }), { minLength: 1, maxLength: 14, size: 'max' }),
        fc.integer({ min: 1, max: 5 }),
        async (offsets, most) => {
          await store.write((tx) => tx.run('delete from events'))
          const times = offsets.map((offset) => noon + offset)
          const ids = await deletions(times)
          const isCrowded = (at: number): boolean =>
            times.some((from) => {
              const together = times.filter((one) => one >= from && one - from < windowMs)
              return together.includes(at) && together.length > most
            })
          const stopped = ids.map((id) => ask(deleted(id, most), noon + 60 * minute) !== null)
          expect(stopped).toEqual(times.map(isCrowded))
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('links that ended lately', () => {
  it('hold the next, whatever ended them, and count for ten minutes', async () => {
    const id = await received('one', 'updated')
    for (let count = 0; count < 3; count += 1) {
      expect(ask(lost(id, 3), noon)).toBeNull()
      await endLink(await leased(), noon)
    }
    expect(ask(lost(id, 3), noon)?.failure).toMatchObject({
      code: 'MASS_GONE',
      sentence: expect.stringContaining("can't be found in ConnectWise any more") as unknown,
    })
    expect(ask({ ...lost(id, 3), orderedAt: noon }, noon), 'a replay').not.toBeNull()
    expect(ask(deleted(id, 3), noon)?.failure.code).toBe('MASS_DELETE')
    expect(ask(lost(id, 3), noon + 11 * minute)).toBeNull()
  })

  it('hold it for as long as nobody has decided about the first', async () => {
    const first = await leased()
    for (let count = 0; count < 2; count += 1) await endLink(await leased(), noon)
    await park(first, lost(first.eventId, 2), noon)
    const next = await received('next', 'updated', noon + 60 * minute)
    const later = noon + 61 * minute
    expect(ask(lost(next, 2), later)?.failure.sentence).toContain('earlier ones are still held')
    expect(ask(deleted(next, 2), later), 'for another reason').toBeNull()
    expect(ask({ ...lost(next, 2), sourceId: 'other' as SourceId }, later)).toBeNull()
    expect(await release(first, later)).toBe(1)
    expect([ask(lost(first.eventId, 2), later), ask(lost(next, 2), later)]).toEqual([null, null])
  })

  it('count only where no person has let them through', async () => {
    const first = await leased()
    for (let count = 0; count < 2; count += 1) await endLink(await leased(), noon)
    await park(first, lost(first.eventId, 2), noon)
    const next = await received('next', 'updated', noon + 2)
    await release(first, noon + 1)
    for (let count = 0; count < 5; count += 1) await endLink(await leased(), noon + 2)
    expect(ask(lost(next, 2), noon + 3)).toBeNull()
  })

  it('are counted again when the next is recorded, as many are worked off at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, leased))
    const plans = all.map(({ eventId }) => lost(eventId, 2))
    expect(plans.map((plan) => ask(plan, noon))).toEqual(plans.map(() => null))
    await Promise.all(all.map((one, index) => endLink(one, noon, plans[index])))
    expect(all.map((one) => stateOf(one)?.state)).toEqual([
      'delivered',
      'delivered',
      'pending',
      'pending',
      'pending',
      'pending',
    ])
  })
})

describe('a release', () => {
  it('lets all through that was received before it', async () => {
    const [parked, late] = [await leased(), await leased()]
    const ids = await deletions(Array.from({ length: 21 }, () => noon))
    const unlink = deleted(ids[20] as EventId, 20)
    expect(ask({ ...unlink, orderedAt: noon + 1 }), 'a person wants this one').toBeNull()
    await park(parked, unlink, noon + 1)
    expect(await release(parked, noon + 2)).toBe(1)
    expect(ask(unlink, noon + 3)).toBeNull()
    // Links of events that came later end before its turn.
    await store.write((tx) => tx.run('update events set received_at = ? where id = ?', noon + 5, late.eventId))
    await endLink(late, noon + 6)
    expect(ask({ ...unlink, most: 1 }, noon + 7)).toBeNull()
    expect(ask({ ...unlink, most: 1, orderedAt: noon + 5 }, noon + 7), 'ordered after it').not.toBeNull()
  })

  it('lets only those go that are held for the same reason', async () => {
    const [one, other] = [await leased(), await leased()]
    for (let count = 0; count < 2; count += 1) await endLink(await leased(), noon)
    await park(one, lost(one.eventId, 2), noon)
    await park(other, deleted(other.eventId, 2), noon)
    expect(await release(one, noon + 1)).toBe(1)
    expect([stateOf(one)?.state, stateOf(other)?.state]).toEqual(['pending', 'parked'])
  })

  it('spares who was stopped before it and is recorded after it', async () => {
    const [parked, late] = [await leased(), await leased()]
    const ids = await deletions(Array.from({ length: 21 }, () => noon))
    const unlink = deleted(ids[20] as EventId, 20)
    const stop = ask(unlink)
    if (stop === null) throw new Error('not stopped')
    await park(parked, unlink, noon + 1)
    await release(parked, noon + 2)
    await store.write((tx) => recordOutcome(tx, late.lease, late.eventId, { kind: 'parked', ...stop }, null, noon + 3))
    expect(stateOf(late)).toEqual({ state: 'pending', attempt_count: 0 })
  })
})
