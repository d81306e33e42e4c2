import { samplePaths } from '#shared/logic/field-samples.ts'
import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

/** Events of a source that a sample is made of. */
const sampled = 200

export const schema = {
  entities: os.schema.entities.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.configuring.schemas.entities(input.connectionId, input.refresh)),
  ),
  describe: os.schema.describe.handler(async ({ input: { connectionId, entity, refresh }, context }) =>
    granted(await context.host.workspaces.relay.configuring.schemas.describe(connectionId, entity, refresh)),
  ),
  sample: os.schema.sample.handler(async ({ input: { sourceId, entity }, context }) => {
    const records = await context.host.reader().read('recordsOfSource', sourceId, entity, sampled)
    const known = records.map(({ values }) => values).filter((values) => values !== null)
    return { sourceId, entity, events: records.length, withValues: known.length, paths: samplePaths(known) }
  }),
}
