import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'
import { sliceOf } from '../slice.ts'
import { readDelivery } from './deliveries.ts'

export const conflicts = {
  list: os.conflicts.list.handler(({ input, context }) => context.host.reader().read('listConflicts', sliceOf(input))),
  resolve: os.conflicts.resolve.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.relay.resolveConflict(input.deliveryId, input.choices, context.who))
    return readDelivery(context.host, input.deliveryId)
  }),
}
