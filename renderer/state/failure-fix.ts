import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { otherSystem, recordOfKey, systemTitle, type RecordRef } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { addressOf } from './place.ts'

/** The way to where a failure is mended: a place of the console, or bringing a record over that is missing there. */
export type Fix =
  | { readonly kind: 'go'; readonly label: string; readonly hash: string }
  | { readonly kind: 'sync'; readonly label: string; readonly record: RecordRef }

type FixRoute = Pick<Route, 'id' | 'from' | 'mappingId' | 'connectionId' | 'sourceConnectionId'>

interface Case {
  readonly failure: Failure
  readonly record: RecordRef
  readonly route: FixRoute
}

type Kind = 'value' | 'default' | 'length' | 'expression' | 'field' | 'match' | 'connection' | 'record'

/** What is to be done about a code; the other systems' own words, and Patchbay's. */
const kindOf: Readonly<Record<string, Kind>> = {
  'unmapped-value': 'value',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'value',
  InvalidReference: 'value',
  'required-unmapped': 'default',
  'nothing-from-parent': 'default',
  REQUIRED_FIELD_MISSING: 'default',
  MissingRequiredField: 'default',
  'too-long': 'length',
  STRING_TOO_LONG: 'length',
  'bad-expression': 'expression',
  'bad-match-expression': 'match',
  ROUTE_OFF: 'match',
  'no-connection': 'connection',
  NOT_THE_API: 'connection',
  CERTIFICATE: 'connection',
  UNREACHABLE: 'connection',
  CONNECTION_INCOMPLETE: 'connection',
  NO_EXTERNAL_ID_FIELD: 'connection',
  NO_CUSTOM_FIELD: 'connection',
  'parent-gone': 'record',
  'counterpart-taken': 'record',
  'several-counterparts': 'record',
  'merged-both-linked': 'record',
  'not-found': 'record',
  ObjectExists: 'record',
  NotFound: 'record',
  TWINS: 'record',
  MULTIPLE_CHOICES: 'record',
  DUPLICATE_VALUE: 'record',
  DUPLICATES_DETECTED: 'record',
  NOT_FOUND: 'record',
  ENTITY_IS_DELETED: 'record',
  PING_PONG: 'record',
}

/** Where a failed delivery is mended; null when nothing in the console would help. */
export function fixOf({ failure, record }: Pick<DeliverySummary, 'failure' | 'record'>, route?: FixRoute): Fix | null {
  if (failure === null) return null
  const parent = failure.waitsFor === undefined ? null : recordOfKey(failure.waitsFor)
  if (parent !== null)
    return { kind: 'sync', label: `Bring the ${parent.entity.toLowerCase()} over now`, record: parent }
  if (route === undefined) return null
  const one = { failure, record, route }
  if (failure.class === 'auth') return { kind: 'go', label: 'Sign in again', hash: connectionHash(one) }
  return fixOfKind(kindOf[failure.code] ?? usualKind(failure), one)
}

function usualKind(failure: Failure): Kind | null {
  if (failure.class !== 'permanent') return 'connection'
  return failure.field === undefined ? null : 'field'
}

function fixOfKind(kind: Kind | null, one: Case): Fix {
  const { failure, record, route } = one
  switch (kind) {
    case 'value':
      return mapping(one, failure.value === undefined ? 'Map this picklist value' : `Map “${short(failure.value)}”`)
    case 'default':
      return mapping(one, failure.field === undefined ? 'Look at the mapping' : `Give ${failure.field} a default`)
    case 'length':
      return mapping(one, failure.field === undefined ? 'Set the length' : `Set the length of ${failure.field}`)
    case 'expression':
      return mapping(one, 'Correct the expression')
    case 'field':
      return mapping(one, `Look at ${failure.field ?? 'it'} in the mapping`)
    case 'connection':
      return { kind: 'go', label: 'Look at the connection', hash: connectionHash(one) }
    case 'record':
      return {
        kind: 'go',
        label: 'Look at the record',
        hash: addressOf('records', [record.system, record.entity, record.id]),
      }
    case 'match':
    case null:
      return { kind: 'go', label: 'Look at the route', hash: addressOf('routes', [route.id]) }
  }
}

function mapping({ failure, route }: Case, label: string): Fix {
  const { field = '', value = '' } = failure
  return { kind: 'go', label, hash: addressOf('mappings', [route.mappingId], { field, value }) }
}

/** The destination's, unless the failure speaks of the source's system alone. */
function connectionHash({ failure, route }: Case): string {
  const speaksOf = (system: FixRoute['from']) => failure.sentence.includes(systemTitle[system])
  const isSource = speaksOf(route.from) && !speaksOf(otherSystem(route.from))
  return addressOf('connections', ['connection', isSource ? route.sourceConnectionId : route.connectionId])
}

function short(value: string): string {
  return value.length > 24 ? `${value.slice(0, 23)}…` : value
}
