import { os } from '../implementer.ts'
import { granted, notFound } from '../refusals.ts'

export const routes = {
  list: os.routes.list.handler(({ context }) => context.host.reader().read('listRoutes')),
  save: os.routes.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveRoute(input, context.who)),
  ),
}

export const mappings = {
  list: os.mappings.list.handler(({ context }) => context.host.reader().read('listMappings')),
  versions: os.mappings.versions.handler(async ({ input, context }) => {
    const versions = await context.host.reader().read('mappingVersions', input.id)
    if (versions.length === 0) throw notFound(`mapping ${input.id}`)
    return versions
  }),
  save: os.mappings.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveMapping(input.document, input.note, context.who)),
  ),
}
