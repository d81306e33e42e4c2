import type { CallContext, Connector, WriteReceipt } from '#main/connectors/connector.ts'
import type { Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { RemoteRecord, Values } from '#shared/domain/record.ts'

/** A write to be made at the other side. */
export type WriteOrder =
  | { readonly kind: 'create'; readonly entity: string; readonly values: Values; readonly foreignId: string }
  | { readonly kind: 'update'; readonly destination: RemoteRecord; readonly values: Values }

export interface SendPorts {
  readonly store: Store
  readonly connector: Connector
  readonly lease: Lease
  readonly idempotencyKey: string
  readonly context: CallContext
}

/**
 * Writes down what is about to be sent, then sends it.
 *
 * The intent is on disk before the call leaves, so that after a crash it is known that the other side has to be asked first.
 * Answers null, and sends nothing, when the lease was lost.
 */
export async function send(order: WriteOrder, ports: SendPorts): Promise<Result<WriteReceipt> | null> {
  if (!(await writeIntent(order, ports))) return null
  const { connector, context, idempotencyKey } = ports
  if (order.kind === 'create') {
    const { entity, values, foreignId } = order
    return connector.create({ entity, values, foreignId, idempotencyKey }, context)
  }
  const { destination, values } = order
  return connector.update(
    { entity: destination.ref.entity, id: destination.ref.id, changes: values, before: destination },
    context,
  )
}

async function writeIntent(order: WriteOrder, { store, lease }: SendPorts): Promise<boolean> {
  const intent = JSON.stringify(
    order.kind === 'create'
      ? { kind: order.kind, entity: order.entity, foreignId: order.foreignId }
      : {
          kind: order.kind,
          entity: order.destination.ref.entity,
          id: order.destination.ref.id,
          fields: Object.keys(order.values),
        },
  )
  const { changes } = await store.write((tx) =>
    tx.run(
      `update deliveries set intent = ? where id = ? and lease_token = ? and state = 'leased'`,
      intent,
      lease.deliveryId,
      lease.token,
    ),
  )
  return changes === 1
}
