import type { Result } from '#shared/domain/failure.ts'
import type { Values } from '#shared/domain/record.ts'
import { labelOf } from '#shared/logic/record-name.ts'
import type { CallContext, WriteReceipt } from '../connector.ts'
import type { Reading } from './reading.ts'

/**
 * Adds to a write that was refused because its value is taken which record has it. ConnectWise names the field at most, so
 * the record is looked for by it; where it is not found the refusal stays as it was.
 */
export async function nameTwin(
  result: Result<WriteReceipt>,
  { entity, values }: { readonly entity: string; readonly values: Values },
  reading: Reading,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  if (result.ok || result.failure.code !== 'ObjectExists') return result
  const { failure } = result
  const value = failure.field === undefined ? null : (values[failure.field] ?? null)
  if (failure.field === undefined || value === null) return result
  const found = await reading.findByField(entity, failure.field, String(value), { ...context, purpose: 'look-up' })
  if (!found.ok || found.value.length === 0) return result
  const twins = found.value.slice(0, 5).map(labelOf).join(', ')
  return { ok: false, failure: { ...failure, sentence: `${failure.sentence} It is there as ${entity} ${twins}.` } }
}
