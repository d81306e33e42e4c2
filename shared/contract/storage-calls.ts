import * as z from 'zod'
import { backupFile, storageReport, storageSettings, upkeepResult } from '../domain/storage.ts'
import { base } from './base.ts'

/** The database and its backups. */
export const storageCalls = {
  get: base
    .route({ method: 'GET', path: '/storage', summary: 'The database: room, limits, backups, how it is' })
    .output(storageReport),
  save: base
    .route({ method: 'PUT', path: '/storage/settings', summary: 'How long and how much is kept' })
    .input(storageSettings)
    .output(storageSettings),
  backup: base
    .route({ method: 'POST', path: '/storage/backups', summary: 'Make a backup now', successStatus: 201 })
    .output(backupFile),
  check: base
    .route({ method: 'POST', path: '/storage/check', summary: 'Look through the whole database' })
    .output(upkeepResult),
  restore: base
    .route({
      method: 'PUT',
      path: '/storage/restore',
      summary: 'Put a backup in the place of the database at the next start; without a file, take that back',
    })
    .input(z.object({ file: z.string().max(4_000).nullable().default(null) }))
    .output(storageReport),
}
