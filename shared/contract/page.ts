import * as z from 'zod'

/** A page of a list, newest first. `next` is the page token of the older rows; null at the end. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** Numbers arrive as text in a REST query; both spellings are taken. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().optional(),
})
