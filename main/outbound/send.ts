import type { CallContext, Connector, WriteReceipt } from '#main/connectors/connector.ts'
import type { Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Pause } from '#shared/domain/pause.ts'
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
  /** The pause that stands in this write's way, as the rows have it. */
  readonly pausedBy: (tx: Transaction) => Pause | null
}

/** What became of an order to write: an answer, or nothing was sent, as the lease was lost or somebody has paused. */
export type Sent =
  | { readonly kind: 'answered'; readonly answer: Result<WriteReceipt> }
  | { readonly kind: 'lost' }
  | { readonly kind: 'paused'; readonly pause: Pause }

/**
 * Writes down what is about to be sent, then sends it.
 *
 * The intent is on disk before the call leaves, so that after a crash it is known that the other side has to be asked first. Pauses are
 * looked at in the same transaction: after the commit of a pause no intent is written that it forbids.
 */
export async function send(order: WriteOrder, ports: SendPorts): Promise<Sent> {
  const stop = await writeIntent(order, ports)
  return stop ?? { kind: 'answered', answer: await call(order, ports) }
}

function call(order: WriteOrder, { connector, context, idempotencyKey }: SendPorts): Promise<Result<WriteReceipt>> {
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

function writeIntent(
  order: WriteOrder,
  { store, lease, pausedBy }: SendPorts,
): Promise<Exclude<Sent, { kind: 'answered' }> | null> {
  const intent = JSON.stringify(
    order.kind === 'create'
      ? { kind: order.kind, entity: order.entity, foreignId: order.foreignId }
      : {
          kind: order.kind,
          entity: order.destination.ref.entity,
          id: order.destination.ref.id,
          values: order.values,
        },
  )
  return store.write((tx) => {
    const pause = pausedBy(tx)
    if (pause !== null) return { kind: 'paused', pause }
    const { changes } = tx.run(
      `update deliveries set intent = ? where id = ? and lease_token = ? and state = 'leased'`,
      intent,
      lease.deliveryId,
      lease.token,
    )
    return changes === 1 ? null : { kind: 'lost' }
  })
}
