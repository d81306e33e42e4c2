import * as z from 'zod'

export const severity = z.enum(['info', 'warning', 'critical'])
export type Severity = z.infer<typeof severity>

/** How many alerts are not resolved; the gravest severity among those that nobody has acknowledged, null when there is none. */
export const alertCounts = z.object({
  open: z.number().int(),
  acknowledged: z.number().int(),
  worst: severity.nullable(),
})
export type AlertCounts = z.infer<typeof alertCounts>
