import * as z from 'zod'
import { deliveryResult } from '../domain/delivery.ts'
import { eventAction, eventState } from '../domain/event.ts'
import { failureClass } from '../domain/failure.ts'
import { routeId, sourceId } from '../domain/ids.ts'
import { systemName } from '../domain/record.ts'
import { isInstantText } from '../logic/instant-text.ts'

/** One value, or several of which any will do. */
function anyOf<Item extends z.ZodType<string>>(item: Item) {
  const several = z.array(item).min(1).max(50)
  return z.union([several, item.transform((one) => [one])], { error: 'there is no such value' }).optional()
}

const entityName = z.string().min(1).max(80)
const recordId = z.string().min(1).max(80)
const piece = z.string().min(1).max(200)
const words = z.string().max(200).optional()

const fields = {
  state: anyOf(eventState),
  system: anyOf(systemName),
  sourceId: anyOf(sourceId),
  routeId: anyOf(routeId),
  /** In any letter case. */
  entity: anyOf(entityName),
  /** The record's id in the system that the event came from. */
  recordId: anyOf(recordId),
  /** The record of this id in ConnectWise, or the Salesforce record it is paired with. */
  connectwiseId: anyOf(recordId),
  /** The record of this id in Salesforce (15 or 18 characters), or the ConnectWise record it is paired with. */
  salesforceId: anyOf(recordId),
  /** A piece of the code or the sentence of a failure that stands. */
  error: anyOf(piece),
  failureClass: anyOf(failureClass),
  /** What a delivery of it did at the other side. */
  result: anyOf(deliveryResult),
  action: anyOf(eventAction),
  /** Words, all of which stand in the record's id, entity, title or note, or in a failure; "several words" in quotes. */
  text: words,
}

/** An instant: so long ago (`30m`, `2h`, `7d`, `2w`), a day or an instant in local time, or one with a `Z` in UTC. */
const instantText = z
  .string()
  .max(30)
  .refine(isInstantText, { error: 'say 30m, 2h, 7d, 2w or a day such as 2026-11-01' })

/** Which events: everything named has to hold, and nothing named in `not`. */
export const eventCriteria = z.object({
  ...fields,
  /** Received at or after. */
  since: instantText.optional(),
  /** Received before; with a day, until its end. */
  until: instantText.optional(),
  /** In `not.text`, none of the words may occur. */
  not: z.object(fields).optional(),
})
export type EventCriteria = z.output<typeof eventCriteria>
export type EventExclusions = NonNullable<EventCriteria['not']>
