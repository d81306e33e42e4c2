import * as z from 'zod'

/** The fewest characters of a recovery passphrase: four words, or what a password manager makes. */
export const shortestPassphrase = 12

/** How the key to the stored passwords is kept, and whether a passphrase opens a second copy. The passphrase is never read back. */
export const recoveryState = z.object({
  /** `system`: wrapped by the operating system for one user. `file`: in a file that every program of this user can read. */
  keptBy: z.enum(['system', 'file']),
  /** In a sentence, with its limits. */
  sentence: z.string(),
  isSet: z.boolean(),
  /** ms since 1970 */
  setAt: z.number().nullable(),
})
export type RecoveryState = z.infer<typeof recoveryState>
