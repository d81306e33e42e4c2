import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const pauses = {
  list: os.pauses.list.handler(({ context }) => context.host.reader().read('listPauses')),
  set: os.pauses.set.handler(async ({ input: { reason, ...target }, context }) =>
    granted(await context.host.workspaces.relay.pause(target, reason, context.who)),
  ),
  held: os.pauses.held.handler(async ({ input, context }) => ({
    count: await context.host.reader().read('goingOn', input),
  })),
  clear: os.pauses.clear.handler(async ({ input, context }) => [
    ...granted(await context.host.workspaces.relay.resume(input, context.who)),
  ]),
}
