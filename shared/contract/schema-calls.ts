import * as z from 'zod'
import { connectionId, sourceId } from '../domain/ids.ts'
import { entityList, entitySchema, eventSample } from '../domain/schema.ts'
import { base } from './base.ts'

/** REST gives it as text in the query. */
const refresh = z.union([z.boolean(), z.stringbool()]).default(false)

/** What records look like, by the systems' own word and by real events. */
export const schemaCalls = {
  entities: base
    .route({ method: 'GET', path: '/schema/{connectionId}', summary: 'The entities of a system' })
    .input(z.object({ connectionId, refresh }))
    .output(entityList),
  describe: base
    .route({
      method: 'GET',
      path: '/schema/{connectionId}/{entity}',
      summary: 'The fields of an entity; the last known ones, with their age, while the system can not be asked',
    })
    .input(z.object({ connectionId, entity: z.string().min(1).max(100), refresh }))
    .output(entitySchema),
  sample: base
    .route({
      method: 'GET',
      path: '/schema/sample/{sourceId}/{entity}',
      summary: 'What the last 200 events of a source said of an entity: paths, types and examples',
    })
    .input(z.object({ sourceId, entity: z.string().min(1).max(100) }))
    .output(eventSample),
}
