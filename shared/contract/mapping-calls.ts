import * as z from 'zod'
import { eventId, mappingId } from '../domain/ids.ts'
import { mappingBacktest, mappingCheck, mappingPreview, versionsDifference } from '../domain/mapping-draft.ts'
import { mappingDocument, mappingVersion } from '../domain/mapping.ts'
import { base } from './base.ts'

const version = z.coerce.number().int().positive()

/** Mappings kept, their drafts tried out, and their versions compared and brought back. */
export const mappingCalls = {
  list: base
    .route({ method: 'GET', path: '/mappings', summary: 'Mappings in their newest version' })
    .output(z.array(mappingVersion)),
  versions: base
    .route({ method: 'GET', path: '/mappings/{id}/versions', summary: 'All versions of a mapping, newest first' })
    .input(z.object({ id: mappingId }))
    .output(z.array(mappingVersion)),
  save: base
    .route({ method: 'PUT', path: '/mappings', summary: 'Store a new version of a mapping' })
    .input(z.object({ document: mappingDocument, note: z.string().max(500).default('') }))
    .output(mappingVersion),
  check: base
    .route({ method: 'POST', path: '/mappings/check', summary: 'What is to be looked at before a draft is saved' })
    .input(z.object({ document: mappingDocument }))
    .output(mappingCheck),
  preview: base
    .route({
      method: 'POST',
      path: '/mappings/preview',
      summary: 'What each row of a draft makes of one event; writes nothing',
    })
    .input(z.object({ document: mappingDocument, eventId }))
    .output(mappingPreview),
  backtest: base
    .route({
      method: 'POST',
      path: '/mappings/backtest',
      summary:
        'What a draft would make otherwise of test cases and the latest events than the stored version; writes nothing',
    })
    .input(z.object({ document: mappingDocument, limit: z.number().int().min(1).max(200).default(200) }))
    .output(mappingBacktest),
  diff: base
    .route({ method: 'GET', path: '/mappings/{id}/diff', summary: 'How two versions of a mapping differ, row by row' })
    .input(z.object({ id: mappingId, from: version, to: version }))
    .output(versionsDifference),
  rollback: base
    .route({
      method: 'POST',
      path: '/mappings/{id}/rollback',
      summary: 'Store an old version as the newest one',
      successStatus: 201,
    })
    .input(z.object({ id: mappingId, version, note: z.string().max(500).default('') }))
    .output(mappingVersion),
}
