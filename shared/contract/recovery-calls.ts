import * as z from 'zod'
import { recoveryState, shortestPassphrase } from '../domain/recovery.ts'
import { base } from './base.ts'

/** The passphrase that opens a second copy of the key to the stored passwords. */
export const recoveryCalls = {
  state: base
    .route({ method: 'GET', path: '/recovery', summary: 'How the key to the stored passwords is kept' })
    .output(recoveryState),
  set: base
    .route({ method: 'PUT', path: '/recovery', summary: 'Set the recovery passphrase, in place of the one before' })
    .input(z.object({ passphrase: z.string().trim().min(shortestPassphrase).max(500) }))
    .output(recoveryState),
}
