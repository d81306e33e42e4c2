import type { CallContext } from '#main/connectors/connector.ts'
import type { Prepared } from '#main/mapping/transform/prepared.ts'
import type { OwnWrite } from '#main/store/own-writes.ts'
import type { Result } from '#shared/domain/failure.ts'
import { ok } from '#shared/domain/failure.ts'
import type { Line } from './line.ts'

/**
 * Writes to the source what a person's choice changes there. It goes before the write to the destination: a try that ends in between
 * finds the source as chosen, and goes on from there.
 */
export async function writeBack(
  prepared: Extract<Prepared, { kind: 'create' | 'update' }>,
  source: Line,
  context: CallContext,
): Promise<Result<OwnWrite | null>> {
  const back = prepared.kind === 'create' ? null : (prepared.back ?? null)
  if (back === null) return ok(null)
  const { record, values } = back
  const { entity, id } = record.ref
  const written = await source.connector.update({ entity, id, changes: values, before: record }, context)
  return written.ok ? ok({ ref: record.ref, version: written.value.record.version, sent: values }) : written
}
