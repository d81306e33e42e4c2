import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const failures = {
  groups: os.failures.groups.handler(({ input, context: { host } }) =>
    host.reader().read('failureGroups', { ...input, now: host.clock.now() }),
  ),
  held: os.failures.held.handler(({ input, context: { host } }) =>
    host.reader().read('heldGroups', { waitingSince: host.clock.now() - input.minutes * 60_000 }),
  ),
  list: os.failures.list.handler(({ input: { after, limit, ...query }, context: { host } }) =>
    host.reader().read('listFailures', { ...query, ...sliceOf({ limit, after }) }),
  ),
  discards: os.failures.discards.handler(({ input, context: { host } }) =>
    host.reader().read('listDiscards', sliceOf(input)),
  ),
  discard: os.failures.discard.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.failures.discard(input, context.who)),
  ),
  restore: os.failures.restore.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.failures.restore(input, context.who)),
  ),
}

export const views = {
  list: os.views.list.handler(({ context }) => context.host.reader().read('listViews')),
  save: os.views.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.views.save(input, context.who)),
  ),
  remove: os.views.remove.handler(async ({ input, context }) => [
    ...granted(await context.host.workspaces.relay.views.remove(input.name, context.who)),
  ]),
}
