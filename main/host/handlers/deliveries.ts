import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { fixTimes } from '#shared/logic/fixed-times.ts'
import type { HostContext } from '../host-context.ts'
import { os } from '../implementer.ts'
import { granted, invalid, notFound } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const deliveries = {
  list: os.deliveries.list.handler(({ input, context }) =>
    context.host.reader().read('listDeliveries', { ...input, ...sliceOf(input) }),
  ),
  get: os.deliveries.get.handler(({ input, context }) => readDelivery(context.host, input.id)),
  cancel: os.deliveries.cancel.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.relay.cancelDelivery(input.id, input.reason, context.who))
    return readDelivery(context.host, input.id)
  }),
  cancelMany: os.deliveries.cancelMany.handler(async ({ input, context: { host, who } }) => {
    const { eventIds, filter, dryRun, reason } = input
    if ((eventIds === undefined) === (filter === undefined))
      throw invalid('filter', 'Say what to cancel: named events, or what a filter finds.')
    if (!dryRun && reason === '') throw invalid('reason', 'Say why.')
    const wanted = filter === undefined ? { eventIds } : { filter: fixTimes(filter, host.clock.now()) }
    const ids = await host.reader().read('cancellable', wanted)
    if (dryRun) return { cancelled: ids.length, kept: 0 }
    return granted(await host.workspaces.relay.cancelDeliveries(ids, reason, who))
  }),
  release: os.deliveries.release.handler(async ({ input: { id, dryRun }, context: { host, who } }) => ({
    released: dryRun
      ? await host.reader().read('releasedWith', id)
      : granted(await host.workspaces.relay.releaseDelivery(id, who)),
  })),
}

/** A delivery in full. @throws the contract's NOT_FOUND. */
export async function readDelivery(host: HostContext, id: DeliveryId): Promise<DeliveryDetail> {
  const delivery = await host.reader().read('deliveryDetail', id)
  if (delivery === null) throw notFound(`delivery ${id}`)
  return delivery
}
