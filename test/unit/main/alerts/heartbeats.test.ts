import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sent } from '#main/alerts/channels/channel.ts'
import { Heartbeats } from '#main/alerts/heartbeats.ts'
import { loadChannel, saveChannel } from '#main/store/channels.ts'
import type { Store } from '#main/store/store.ts'
import type { Channel } from '#shared/domain/channel.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import { createStillClock } from '#test/unit/main/connectors/loopback.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

const id = 'monitor' as ChannelId
const minute = 60_000

let store: Store
let close: () => Promise<void>
let clock: ReturnType<typeof createStillClock>
let heartbeats: Heartbeats
let beats: number
let answer: Sent
let beatOf: (channel: Channel) => Promise<Sent>
let isAtWork: boolean

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  clock = createStillClock()
  beats = 0
  answer = { ok: true }
  beatOf = () => Promise.resolve(answer)
  isAtWork = true
  heartbeats = newHeartbeats()
  await save(true)
})
afterEach(async () => {
  await heartbeats.stop()
  await close()
})

function newHeartbeats(): Heartbeats {
  return new Heartbeats({
    store,
    clock,
    isAtWork: () => isAtWork,
    beat: (channel) => {
      beats += 1
      return beatOf(channel)
    },
    random: () => 0.5,
    onBug: (error) => {
      throw error
    },
  })
}

const channelOf = (enabled: boolean): Channel => ({
  id,
  name: 'Monitor',
  enabled,
  kind: 'heartbeat',
  settings: { everyMinutes: 5 },
})
const save = (enabled: boolean) => store.write((tx) => saveChannel(tx, channelOf(enabled), 1))
const known = () => store.read((tx) => loadChannel(tx, id))

it('beats at once when it is new, and shows when it did', async () => {
  heartbeats.reload()
  await until('the beat', () => known()?.lastSentAt === clock.now())
  expect(beats).toBe(1)
})

it('beats again a little before its time is over, and goes on after a restart where it was', async () => {
  heartbeats.reload()
  await until('the beat', () => known()?.lastSentAt !== null)
  await heartbeats.stop()
  clock.advance(4.4 * minute)
  heartbeats = newHeartbeats()
  heartbeats.reload()
  expect(beats).toBe(1)
  clock.advance(0.2 * minute)
  heartbeats.reload()
  await until('the second beat', () => beats === 2)
})

describe('when the clock is set back by hours', () => {
  const other: Channel = { ...channelOf(true), id: 'other' as ChannelId, name: 'Other' }
  /** Beats of the other one take until they are let go; the end of any beat is a look at all channels. */
  const holdOther = () => {
    const held = Promise.withResolvers<void>()
    beatOf = async ({ id: of }) => {
      if (of === other.id) await held.promise
      return answer
    }
    return held.resolve
  }

  it('keeps its distance', async () => {
    await store.write((tx) => saveChannel(tx, other, 1))
    const letGo = holdOther()
    heartbeats.reload()
    await until('the beat', () => known()?.lastSentAt !== null)
    clock.setWall(-180 * minute)
    clock.advance(5 * minute)
    letGo()
    await until('the second beat', () => known()?.lastSentAt === clock.now())
    expect(beats, 'two of the one, and one of the other').toBe(3)
  })

  it('goes on after a restart within one distance', async () => {
    heartbeats.reload()
    await until('the beat', () => known()?.lastSentAt !== null)
    await heartbeats.stop()
    clock.setWall(-180 * minute)
    heartbeats = newHeartbeats()
    await store.write((tx) => saveChannel(tx, other, 1))
    const letGo = holdOther()
    heartbeats.reload()
    expect(beats).toBe(2)
    clock.advance(5 * minute)
    letGo()
    await until('the second beat', () => known()?.lastSentAt === clock.now())
  })
})

it('says since when nobody answers', async () => {
  answer = { ok: false, sentence: 'Gone.', fix: null, again: false }
  heartbeats.reload()
  await until('the failure', () => known()?.failing)
  expect(known()?.failing).toEqual({ since: clock.now(), at: clock.now(), sentence: 'Gone.', fix: null })
})

it('is silent while the relay does not do its work, and when it is switched off', async () => {
  isAtWork = false
  heartbeats.reload()
  isAtWork = true
  await save(false)
  heartbeats.reload()
  await heartbeats.stop()
  expect(beats).toBe(0)
})
