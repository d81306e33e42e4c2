import type { Stage } from '#shared/domain/failure.ts'
import type { Values } from '#shared/domain/record.ts'
import type { CallContext } from './connector.ts'
import type { Subject } from './rule-book.ts'

/** A question about one record. */
export function readSubject(entity: string, id: string, context: CallContext): Subject {
  return { record: `${entity} ${id}`, values: {}, write: false, stage: stageOf(context) }
}

/** A change of a record, or the making of one when `id` is null. */
export function writeSubject(entity: string, id: string | null, values: Values, context: CallContext): Subject {
  return { record: id === null ? `the new ${entity}` : `${entity} ${id}`, values, write: true, stage: stageOf(context) }
}

/** A question that is about no single record. */
export function searchSubject(what: string, context: CallContext): Subject {
  return { record: what, values: {}, write: false, stage: stageOf(context) }
}

/** Only the refetch belongs to the transform; everything else is part of delivering. */
function stageOf(context: CallContext): Stage {
  return context.purpose === 'refetch' ? 'transform' : 'deliver'
}
