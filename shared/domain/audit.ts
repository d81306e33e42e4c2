import * as z from 'zod'

/** Something that a person did. */
export const auditEntry = z.object({
  id: z.number().int(),
  /** ms since 1970. */
  at: z.number(),
  /** `console` or `api`; or Patchbay, where it did so by itself. */
  who: z.string(),
  /** What was done, in one word: save, pause, replay, cancel, export. */
  action: z.string(),
  /** What it was done to: "connection cw". */
  subject: z.string(),
  detail: z.string(),
  /** For configuration: what was changed. */
  changes: z.array(z.object({ field: z.string(), from: z.json(), to: z.json() })),
})
export type AuditEntry = z.infer<typeof auditEntry>
