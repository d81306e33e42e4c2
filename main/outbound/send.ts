import type { CallContext, Connector, WriteReceipt } from '#main/connectors/connector.ts'
import type { Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Pause } from '#shared/domain/pause.ts'
import type { RemoteRecord, Values } from '#shared/domain/record.ts'
import { sameJson } from '#shared/logic/json.ts'

/** A write to be made at the other side. */
export type WriteOrder =
  | {
      readonly kind: 'create'
      readonly entity: string
      readonly values: Values
      readonly foreignId: string
      readonly isAbsent?: boolean
    }
  | { readonly kind: 'update'; readonly destination: RemoteRecord; readonly values: Values }

/** What says whether a delivery may write now. */
export interface PermitPorts {
  readonly store: Store
  readonly lease: Lease
  /** The pause that stands in this write's way, as the rows have it. */
  readonly pausedBy: (tx: Transaction) => Pause | null
  /** Whether a person has called off what the delivery is part of. */
  readonly isCalledOff: (tx: Transaction) => boolean
}

export interface SendPorts extends PermitPorts {
  readonly connector: Connector
  readonly idempotencyKey: string
  readonly context: CallContext
}

/** Nothing was sent: the lease was lost, somebody has paused, or called the delivery off. */
export type NotSent =
  { readonly kind: 'lost' } | { readonly kind: 'paused'; readonly pause: Pause } | { readonly kind: 'called-off' }

/** What a delivery is about to write, as its row keeps it until an outcome is recorded. */
export interface Intent {
  readonly kind: WriteOrder['kind']
  readonly entity: string
  /** Of the record that is written to; of the source where one is created. */
  readonly id: string
  /**
   * What each try was about to write, oldest first. Any of them may have taken effect, not just the last: the one before may have lost
   * its answer, and the last been refused.
   */
  readonly sent: readonly Values[]
}

/** What became of an order to write. */
export type Sent = { readonly kind: 'answered'; readonly answer: Result<WriteReceipt> } | NotSent

/**
 * Writes down what is about to be sent, then sends it.
 *
 * The intent is on disk before the call leaves, so that after a crash it is known that the other side has to be asked first. Pauses are
 * looked at in the same transaction: after the commit of a pause no intent is written that it forbids.
 */
export async function send(order: WriteOrder, ports: SendPorts): Promise<Sent> {
  const stop = await permit(intentOf(order), ports)
  return stop ?? { kind: 'answered', answer: await call(order, ports) }
}

function call(order: WriteOrder, { connector, context, idempotencyKey }: SendPorts): Promise<Result<WriteReceipt>> {
  if (order.kind === 'create') {
    const { entity, values, foreignId, isAbsent = false } = order
    return connector.create({ entity, values, foreignId, isAbsent, idempotencyKey }, context)
  }
  const { destination, values } = order
  return connector.update(
    { entity: destination.ref.entity, id: destination.ref.id, changes: values, before: destination },
    context,
  )
}

/**
 * Lets a write leave, or says why it may not.
 *
 * @param intent what a later try has to know of this one; with null, what stands there stays
 */
export function permit(
  intent: Intent | null,
  { isCalledOff, lease, pausedBy, store }: PermitPorts,
): Promise<NotSent | null> {
  return store.write((tx) => {
    const pause = pausedBy(tx)
    if (pause !== null) return { kind: 'paused', pause }
    if (isCalledOff(tx)) return { kind: 'called-off' }
    const { changes } = tx.run(
      `update deliveries set intent = coalesce(?, intent) where id = ? and lease_token = ? and state = 'leased'`,
      intent === null ? null : JSON.stringify(withEarlier(tx, intent, lease)),
      lease.deliveryId,
      lease.token,
    )
    return changes === 1 ? null : { kind: 'lost' }
  })
}

function intentOf(order: WriteOrder): Intent {
  const { kind, values } = order
  const { entity, id } = order.kind === 'create' ? { entity: order.entity, id: order.foreignId } : order.destination.ref
  return { kind, entity, id, sent: [values] }
}

function withEarlier(tx: Transaction, intent: Intent, { deliveryId }: Lease): Intent {
  const row = tx.get<{ intent: string | null }>('select intent from deliveries where id = ?', deliveryId)
  const earlier = (JSON.parse(row?.intent ?? '{}') as Partial<Intent>).sent ?? []
  const others = earlier.filter((values) => !intent.sent.some((one) => sameJson(one, values)))
  return { ...intent, sent: [...others, ...intent.sent] }
}
