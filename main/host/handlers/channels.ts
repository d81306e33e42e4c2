import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const channels = {
  list: os.channels.list.handler(({ context }) => [...context.host.workspaces.relay.channels.reports()]),
  save: os.channels.save.handler(async ({ input, context: { host, who } }) =>
    granted(await host.workspaces.relay.channels.save(input.channel, input.secrets, who)),
  ),
  remove: os.channels.remove.handler(async ({ input, context: { host, who } }) => ({
    removed: await host.workspaces.relay.channels.remove(input.id, who),
  })),
  test: os.channels.test.handler(async ({ input, context: { host, who } }) =>
    granted(await host.workspaces.relay.channels.test(input.id, who)),
  ),
  renewSecret: os.channels.renewSecret.handler(async ({ input, context: { host, who } }) => ({
    signingSecret: granted(await host.workspaces.relay.channels.renewSecret(input.id, who)),
  })),
}

export const notifications = {
  list: os.notifications.list.handler(({ input, context }) =>
    context.host.reader().read('listNotifications', { ...sliceOf(input), channelId: input.channelId }),
  ),
}
