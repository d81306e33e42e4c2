import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { addressOf, type Place } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { MappingEditor } from './editor/mapping-editor.tsx'
import { MappingList } from './list/mapping-list.tsx'
import { VersionsView } from './versions/versions-view.tsx'

/** `#/mappings` lists them, `#/mappings/ID` edits one (`?field=…&value=…` opens a row), `#/mappings/ID/versions` compares its versions. */
export function MappingsScreen({ place }: ScreenProps) {
  const [id, part] = place.path
  if (id === undefined) return <MappingList />
  if (part === 'versions') return <VersionsView key={id} id={id} place={place} />
  return <EditorOf key={id} id={id} place={place} />
}

function EditorOf({ id, place }: { id: string; place: Place }) {
  const mappings = useAnswer('mappings', (call) => call.mappings.list())
  if (mappings.value === null) {
    if (mappings.failed === null) return <Waiting />
    return <LoadFailure what="The mapping" error={mappings.failed} again={mappings.reload} />
  }
  const newest = mappings.value.find(({ mappingId }) => mappingId === id)
  if (newest === undefined)
    return (
      <EmptyState icon="mappings" title={`There is no mapping ${id}`}>
        <a href={addressOf('mappings')}>See all mappings</a>
      </EmptyState>
    )
  const { field, value } = place.query
  return (
    <MappingEditor
      key={`${field ?? ''} ${value ?? ''}`}
      newest={newest}
      wanted={{ field, value }}
      onSaved={mappings.reload}
    />
  )
}
