import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { Json } from '#shared/domain/record.ts'
import { sameJson } from '#shared/logic/json.ts'
import type { History } from './draft-history.ts'

/** What somebody is making of a version of a mapping. */
export interface MappingDraft {
  readonly base: MappingVersion
  readonly history: History<MappingDocument>
}

export function isChanged({ base, history }: MappingDraft): boolean {
  return !sameJson(plain(base.document), plain(history.present))
}

/** As it would be stored: what is undefined is not there. */
function plain(document: MappingDocument): Json {
  return JSON.parse(JSON.stringify(document)) as Json
}
