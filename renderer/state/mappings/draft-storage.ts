import * as z from 'zod'
import { mappingDocument, mappingVersion } from '#shared/domain/mapping.ts'
import { startHistory } from './draft-history.ts'
import { isChanged, type MappingDraft } from './mapping-draft.ts'

const key = 'patchbay.mapping-drafts'
const stored = z.record(z.string(), z.object({ base: mappingVersion, document: mappingDocument }))

/** Drafts with changes outlive a reload of the page, and end with its tab. */
export function loadDrafts(): Record<string, MappingDraft> {
  try {
    const read = stored.safeParse(JSON.parse(sessionStorage.getItem(key) ?? '{}'))
    if (!read.success) return {}
    return Object.fromEntries(
      Object.entries(read.data).map(([name, { base, document }]) => [name, { base, history: startHistory(document) }]),
    )
  } catch {
    // No storage, as in tests and private windows: drafts then live as long as the page.
    return {}
  }
}

export function keepDrafts(drafts: Readonly<Record<string, MappingDraft>>): void {
  const changed = Object.entries(drafts).filter(([, draft]) => isChanged(draft))
  const rows = changed.map(([name, { base, history }]) => [name, { base, document: history.present }])
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(rows)))
  } catch {
    // As above.
  }
}
