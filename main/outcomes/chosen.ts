import type { OpenField } from '#main/store/conflicts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Choice, Choices } from '#shared/domain/conflict.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { otherSystem, type Json, type SystemName, type Values } from '#shared/domain/record.ts'
import { isEmpty, sameJson } from '#shared/logic/json.ts'

/** Both sides as a try finds them, in the destination's terms. */
export interface BothSides {
  readonly to: SystemName
  /** What the mapping made of the source. */
  readonly wanted: Values
  readonly actual: Values
}

/**
 * Stops a choice that would write over a value which nobody has seen: whoever chose did so between the two values that stood there when
 * the delivery was parked. A value on the side that stays may have changed.
 */
export function guardChoices(
  tx: Transaction,
  id: DeliveryId,
  choices: Choices,
  sides: BothSides,
): { readonly failure: Failure; readonly fields: readonly OpenField[] } | null {
  const rows = tx.all<{ field: string; salesforce: string; connectwise: string }>(
    'select field, salesforce, connectwise from conflicts where delivery_id = ? and choice is not null order by field',
    id,
  )
  const fields = rows.flatMap(({ field, salesforce, connectwise }) => {
    const choice = choices[field]
    const seen = { salesforce: JSON.parse(salesforce) as Json, connectwise: JSON.parse(connectwise) as Json }
    const now = nowOf(field, sides)
    return choice === undefined || now === null || isSeen(choice, seen, now) ? [] : [{ field, ...now }]
  })
  if (fields.length === 0) return null
  const names = fields.map((one) => one.field).join(', ')
  const failure: Failure = {
    class: 'permanent',
    stage: 'transform',
    code: 'CONFLICT',
    sentence: `${names} changed once more before the choice was carried out; choose again which value stays.`,
  }
  return { failure, fields }
}

function nowOf(field: string, { actual, to, wanted }: BothSides): Readonly<Record<SystemName, Json>> | null {
  const [here, there] = [wanted[field], actual[field] ?? null]
  if (here === undefined) return null
  return to === 'salesforce' ? { salesforce: there, connectwise: here } : { salesforce: here, connectwise: there }
}

/** Whether each value that the choice gives up is one that was shown, or already what was chosen. */
function isSeen(
  choice: Choice,
  seen: Readonly<Record<SystemName, Json>>,
  now: Readonly<Record<SystemName, Json>>,
): boolean {
  const lost = typeof choice === 'object' ? (['salesforce', 'connectwise'] as const) : [otherSystem(choice)]
  const kept = typeof choice === 'object' ? choice.value : now[choice]
  return lost.every((side) => same(now[side], seen[side]) || same(now[side], kept))
}

function same(one: Json, other: Json): boolean {
  return sameJson(one, other) || (isEmpty(one) && isEmpty(other))
}
