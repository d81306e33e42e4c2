import type { Slice } from '#main/store/read/page.ts'
import { readPageToken } from '#main/store/read/page-token.ts'
import { invalid } from './refusals.ts'

/** The part of a list that a client asked for. @throws INVALID for a page token that is not ours. */
export function sliceOf(query: { readonly limit: number; readonly after?: string | undefined }): Slice {
  const before = readPageToken(query.after)
  if (before === null) throw invalid('after', 'This page token is not one that Patchbay gave out.')
  return { before, limit: query.limit }
}
