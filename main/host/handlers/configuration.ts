import { writeConfiguration } from '#shared/logic/configuration-file.ts'
import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const configuration = {
  export: os.configuration.export.handler(async ({ context }) => {
    const reader = context.host.reader()
    const [mappings, routes] = await Promise.all([reader.read('listMappings'), reader.read('listRoutes')])
    const text = writeConfiguration({ mappings: mappings.map(({ document }) => document), routes })
    return { fileName: 'patchbay-configuration.json', text }
  }),
  import: os.configuration.import.handler(async ({ input: { text, dryRun }, context }) =>
    granted(await context.host.workspaces.relay.configuring.importConfiguration(text, dryRun, context.who)),
  ),
}
