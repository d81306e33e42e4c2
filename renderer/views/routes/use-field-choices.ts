import { useMemo } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { fieldChoices, type FieldChoice } from '#renderer/state/route-draft.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'

/** The fields of an entity as its events showed them and its system describes them; empty until one of the two is known. */
export function useFieldChoices(connectionId: ConnectionId, entity: string): readonly FieldChoice[] {
  const sources = useConsole((state) => state.connections.sources)
  const ids = sources
    .filter(({ source }) => source.settings.connectionId === connectionId)
    .map(({ source }) => source.id)
  const { value } = useAnswer(`fields ${connectionId} ${entity} ${ids.join(' ')}`, async (call) => {
    // A system that can't be asked now still leaves what events have shown, and the other way round.
    const [schema, ...samples] = await Promise.allSettled([
      call.schema.describe({ connectionId, entity }),
      ...ids.map((sourceId) => call.schema.sample({ sourceId, entity })),
    ])
    const seen = samples.flatMap((sample) =>
      sample.status === 'fulfilled' && 'paths' in sample.value ? [sample.value.paths] : [],
    )
    return fieldChoices(seen, schema.status === 'fulfilled' ? schema.value : null)
  })
  return useMemo(() => value ?? [], [value])
}
