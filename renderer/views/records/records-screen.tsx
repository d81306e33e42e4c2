import { systemName } from '#shared/domain/record.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { RecordSearch } from './record-search.tsx'
import { RecordView } from './record-view.tsx'

/** Finds records, or shows the one that the path names: `#/records/salesforce/Account/001…`. */
export function RecordsScreen({ place: { path, query } }: ScreenProps) {
  const [system, entity, id] = path
  const named = systemName.safeParse(system).data
  if (named === undefined || entity === undefined || id === undefined)
    return <RecordSearch text={query['text'] ?? ''} />
  const key = path.join('/')
  return <RecordView key={key} record={{ system: named, entity, id }} text={query['text'] ?? ''} />
}
