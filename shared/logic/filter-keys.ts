import { deliveryResult } from '../domain/delivery.ts'
import { eventAction, eventState } from '../domain/event.ts'
import { failureClass } from '../domain/failure.ts'
import { systemName } from '../domain/record.ts'

/** Fields of the filter that hold a list of values. */
export type ListField =
  | 'state'
  | 'system'
  | 'sourceId'
  | 'routeId'
  | 'entity'
  | 'recordId'
  | 'connectwiseId'
  | 'salesforceId'
  | 'error'
  | 'failureClass'
  | 'result'
  | 'action'

/** A key of the typed filter. */
export interface FilterKey {
  readonly key: string
  readonly field: ListField | 'since' | 'until'
  /** What a value of it is, as it stands after "not". */
  readonly noun: string
  /** All there are; null when any text may stand there. */
  readonly values: readonly string[] | null
  /** What a short form stands for; it is also how the value is written. */
  readonly short?: Readonly<Record<string, string>>
}

const any = null

/** All keys, in the order in which they are offered. */
export const filterKeys: readonly FilterKey[] = [
  { key: 'state', field: 'state', noun: 'a state', values: eventState.options },
  { key: 'route', field: 'routeId', noun: 'the id of a route', values: any },
  { key: 'source', field: 'sourceId', noun: 'the id of a source', values: any },
  {
    key: 'system',
    field: 'system',
    noun: 'a system',
    values: systemName.options,
    short: { cw: 'connectwise', sf: 'salesforce' },
  },
  { key: 'entity', field: 'entity', noun: 'an entity', values: any },
  { key: 'record', field: 'recordId', noun: "a record's id", values: any },
  { key: 'cw', field: 'connectwiseId', noun: "a ConnectWise record's id", values: any },
  { key: 'sf', field: 'salesforceId', noun: "a Salesforce record's id", values: any },
  { key: 'error', field: 'error', noun: 'a piece of an error', values: any },
  { key: 'class', field: 'failureClass', noun: 'a class of failures', values: failureClass.options },
  { key: 'result', field: 'result', noun: 'a result', values: deliveryResult.options },
  { key: 'action', field: 'action', noun: 'an action', values: eventAction.options },
  { key: 'since', field: 'since', noun: 'a time', values: any },
  { key: 'until', field: 'until', noun: 'a time', values: any },
]

export function findKey(typed: string): FilterKey | undefined {
  return filterKeys.find(({ key }) => key === typed.toLowerCase())
}

/** The short form of a value where there is one. */
export function shortForm({ short = {} }: FilterKey, value: string): string {
  return Object.entries(short).find(([, full]) => full === value)?.[0] ?? value
}

/** How a value of a closed list may be typed. */
export function typedValues({ values, short = {} }: FilterKey): string[] {
  return [...Object.keys(short), ...(values ?? [])]
}
