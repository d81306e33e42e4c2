import { afterEach, beforeEach, expect, it } from 'vitest'
import { guardChoices } from '#main/outcomes/chosen.ts'
import { saveChoices, saveOpenFields } from '#main/store/conflicts.ts'
import type { Store } from '#main/store/store.ts'
import type { Choice } from '#shared/domain/conflict.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Json } from '#shared/domain/record.ts'
import { queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
let id: DeliveryId
beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  ;({ deliveryId: id } = await queuedDelivery(store, 'a'))
})
afterEach(() => close())

/** A choice made between S and C; then a try finds these values, on its way to ConnectWise. */
async function stopOf(choice: Choice, salesforce: Json, connectwise: Json) {
  await store.write((tx) => {
    saveOpenFields(tx, id, [{ field: 'website', salesforce: 'S', connectwise: 'C' }])
    saveChoices(tx, id, { website: choice }, { who: 'jo', at: 1 })
  })
  const sides = { to: 'connectwise', wanted: { website: salesforce }, actual: { website: connectwise } } as const
  return store.read((tx) => guardChoices(tx, id, { website: choice }, sides))
}

it.each<[string, Choice, Json, Json]>([
  ['nothing has changed', 'salesforce', 'S', 'C'],
  ['the side that stays has changed', 'salesforce', 'newer', 'C'],
  ['the side that stays has changed, the other way', 'connectwise', 'S', 'newer'],
  ['an earlier try has written it there', 'salesforce', 'S', 'S'],
  ['an earlier try has written it back', { value: 'V' }, 'V', 'C'],
])('lets a choice through where %s', async (_what, choice, salesforce, connectwise) => {
  expect(await stopOf(choice, salesforce, connectwise)).toBeNull()
})

it.each<[Choice, Json, Json]>([
  ['salesforce', 'S', 'unseen'],
  ['salesforce', 'S', null],
  ['connectwise', 'unseen', 'C'],
  [{ value: 'V' }, 'S', 'unseen'],
])('stops the choice %j where it would write over what nobody saw', async (choice, salesforce, connectwise) => {
  const stop = await stopOf(choice, salesforce, connectwise)
  expect(stop?.failure).toMatchObject({
    code: 'CONFLICT',
    sentence: expect.stringMatching(/website changed/u) as string,
  })
  expect(stop?.fields).toEqual([{ field: 'website', salesforce, connectwise }])
})
