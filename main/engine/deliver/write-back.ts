import type { CallContext, Connector } from '#main/connectors/connector.ts'
import type { Prepared } from '#main/mapping/transform/prepared.ts'
import { permit, type NotSent, type PermitPorts } from '#main/outbound/send.ts'
import type { OwnWrite } from '#main/store/own-writes.ts'
import type { Failure } from '#shared/domain/failure.ts'

/** What became of a write to the source; null: there was none to be made. */
export type WrittenBack =
  | { readonly kind: 'written'; readonly write: OwnWrite | null }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | NotSent

/**
 * Writes to the source what a person's choice changes there. It goes before the write to the destination: a try that ends in between
 * finds the source as chosen, and goes on from there. Like any write it may not leave during a pause, or once its lease is lost.
 */
export async function writeBack(
  prepared: Extract<Prepared, { kind: 'create' | 'update' }>,
  connector: Pick<Connector, 'update'>,
  context: CallContext,
  ports: PermitPorts,
): Promise<WrittenBack> {
  const back = prepared.kind === 'create' ? null : (prepared.back ?? null)
  if (back === null) return { kind: 'written', write: null }
  const stop = await permit(null, ports)
  if (stop !== null) return stop
  const { record, values } = back
  const { entity, id } = record.ref
  const written = await connector.update({ entity, id, changes: values, before: record }, context)
  if (!written.ok) return { kind: 'failed', failure: written.failure }
  return { kind: 'written', write: { ref: record.ref, version: written.value.record.version, sent: values } }
}
