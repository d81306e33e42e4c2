import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const replays = {
  list: os.replays.list.handler(({ input, context }) => context.host.reader().read('listReplays', sliceOf(input))),
  create: os.replays.create.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.replay(input, context.who)),
  ),
}
