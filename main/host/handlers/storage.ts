import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const storage = {
  restore: os.storage.restore.handler(async ({ input, context }) => {
    const { relay } = context.host.workspaces
    granted(await relay.insight.restoreNext(input.file, context.who))
    return relay.storage()
  }),
  get: os.storage.get.handler(({ context }) => context.host.workspaces.relay.storage()),
  save: os.storage.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveStorage(input, context.who)),
  ),
  backup: os.storage.backup.handler(async ({ context }) =>
    granted(await context.host.workspaces.relay.backUp(context.who)),
  ),
  check: os.storage.check.handler(async ({ context }) => granted(await context.host.workspaces.relay.checkStorage())),
}
