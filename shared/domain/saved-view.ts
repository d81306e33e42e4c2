import * as z from 'zod'

export const viewName = z.string().trim().min(1).max(60)

/** A filter under a name. */
export const savedView = z.object({
  name: viewName,
  /** As it is typed. */
  filter: z.string().max(1_000),
  /** ms since 1970. */
  savedAt: z.number(),
})
export type SavedView = z.infer<typeof savedView>
