import * as z from 'zod'
import { mappingDifference, propertyChange } from './mapping-draft.ts'

/** What importing a file does to one mapping or route. `only-here`: the file does not have it; it is left as it is. */
export const importItem = z.object({
  kind: z.enum(['mapping', 'route']),
  id: z.string(),
  name: z.string(),
  what: z.enum(['add', 'change', 'same', 'only-here']),
  /** For a mapping that changes. */
  difference: mappingDifference.nullable(),
  /** For a route that changes. */
  changes: z.array(propertyChange),
})
export type ImportItem = z.infer<typeof importItem>

export const importPlan = z.object({
  items: z.array(importItem),
  /** Why the file can't be imported as it is, a sentence each. */
  problems: z.array(z.string()),
})
export type ImportPlan = z.infer<typeof importPlan>

export const importReceipt = importPlan.extend({
  /** False for a dry run. */
  applied: z.boolean(),
})
export type ImportReceipt = z.infer<typeof importReceipt>
