import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const samples = {
  list: os.samples.list.handler(({ input, context }) => context.host.reader().read('listSamples', input)),
  save: os.samples.save.handler(async ({ input: { eventId, name }, context }) =>
    granted(await context.host.workspaces.relay.samples.save(eventId, name, context.who)),
  ),
  remove: os.samples.remove.handler(async ({ input, context }) => ({
    removed: await context.host.workspaces.relay.samples.remove(input.eventId, context.who),
  })),
}
