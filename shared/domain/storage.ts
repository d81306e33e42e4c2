import * as z from 'zod'
import { componentHealth } from './health.ts'

const mebibyte = 1024 * 1024

/** How long and how much is kept. What has not ended is kept whatever stands here. */
export const storageSettings = z.object({
  /** Days after its end that an event is kept with all that became of it. */
  retentionDays: z.number().int().min(7).max(36_500).default(400),
  /** Bytes that the database may hold; above, the oldest ended events go before their time. */
  maxBytes: z
    .number()
    .int()
    .min(64 * mebibyte)
    .default(10 * 1024 * mebibyte),
})
export type StorageSettings = z.infer<typeof storageSettings>

/** A verified copy of the database, as it stands in the backup folder. */
export const backupFile = z.object({
  file: z.string(),
  bytes: z.number().int(),
  /** ms since 1970. */
  madeAt: z.number(),
})
export type BackupFile = z.infer<typeof backupFile>

/** How something that is done from time to time went the last time. */
export const upkeepResult = z.object({ at: z.number(), ok: z.boolean(), sentence: z.string() })
export type UpkeepResult = z.infer<typeof upkeepResult>

/** The database and its surroundings, for the storage page. */
export const storageReport = componentHealth.extend({
  settings: storageSettings,
  databaseFile: z.string(),
  /** Bytes of the database that hold something. */
  usedBytes: z.number(),
  /** Bytes that the disk still has for us; null when it does not say. */
  diskFreeBytes: z.number().nullable(),
  /** Bytes kept aside for the moment when the disk is full. */
  reserveBytes: z.number(),
  /** Newest first. */
  backups: z.array(backupFile),
  lastBackup: upkeepResult.nullable(),
  lastCheck: upkeepResult.nullable(),
  lastRetention: upkeepResult.nullable(),
  /** How the last restore that a person ordered went; absent: there was none. */
  lastRestore: upkeepResult.nullable().optional(),
  /** The backup that takes the database's place at the next start; absent: none. */
  restoresNext: z.string().nullable().optional(),
  /** What the database held on each of the last days, oldest first; absent: not said. */
  history: z.array(z.object({ at: z.number(), bytes: z.number() })).optional(),
  /** How the database grows; null until a day of work is known. `daysLeft`: until its limit, null when that gets no nearer. */
  forecast: z.object({ bytesPerDay: z.number(), daysLeft: z.number().nullable() }).nullable().optional(),
})
export type StorageReport = z.infer<typeof storageReport>
