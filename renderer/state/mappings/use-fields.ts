import type { HostClient } from '#renderer/client/host-client.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { sentenceOf } from '../host-error.ts'
import { useAnswer, type Answer } from '../use-answer.ts'
import { joinSamples, knownFields, type KnownField } from './field-list.ts'

/** What both systems and the latest events say of the fields that a mapping can join. */
export interface MappingFields {
  readonly fields: Readonly<Record<SystemName, readonly KnownField[]>>
  /** What could not be learned, a sentence each. */
  readonly remarks: readonly string[]
  readonly routes: readonly Route[]
}

type Call = HostClient['call']

export function useMappingFields({ id, salesforce, connectwise }: MappingDocument): Answer<MappingFields> {
  const key = `fields of ${id}: ${salesforce.entity} and ${connectwise.entity}`
  return useAnswer(key, async (call) => {
    const [routes, connections, sources] = await Promise.all([
      call.routes.list(),
      call.connections.list(),
      call.sources.list(),
    ])
    const using = routes.filter((route) => route.mappingId === id)
    const learn = async (system: SystemName, entity: string) => {
      const used = using.map((route) => (route.from === system ? route.sourceConnectionId : route.connectionId))
      const first = connections.find(({ connection }) => connection.kind === system)?.connection.id
      const connectionId = used[0] ?? first
      if (connectionId === undefined) return { fields: [], remarks: [`${systemTitle[system]} is not connected.`] }
      const itsSources = sources.filter(({ source }) => source.settings.connectionId === connectionId)
      const [described, ...samples] = await Promise.all([
        describe(call, connectionId, entity),
        ...itsSources.map(async ({ source }) => {
          const sample = await call.schema.sample({ sourceId: source.id, entity }).catch(() => null)
          return sample?.paths ?? []
        }),
      ])
      return { fields: knownFields(described.fields, joinSamples(samples)), remarks: described.remarks }
    }
    const [here, there] = await Promise.all([
      learn('salesforce', salesforce.entity),
      learn('connectwise', connectwise.entity),
    ])
    return {
      fields: { salesforce: here.fields, connectwise: there.fields },
      remarks: [...here.remarks, ...there.remarks],
      routes: using,
    }
  })
}

async function describe(call: Call, connectionId: ConnectionId, entity: string) {
  try {
    const { fields, remarks, outdated } = await call.schema.describe({ connectionId, entity })
    const old = outdated === null ? [] : [`The fields of ${entity} are the last known ones. ${outdated}`]
    return { fields, remarks: [...remarks, ...old] }
  } catch (error) {
    return { fields: [], remarks: [`The fields of ${entity} are not known. ${sentenceOf(error)}`] }
  }
}
