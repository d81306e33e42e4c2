import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { writeWhole } from './whole-file.ts'

/** Where the host of a data folder answers, and the secret that lets a caller in. */
const hostAddress = z.object({
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  token: z.string().regex(/^[\w-]+$/),
})
export type HostAddress = z.infer<typeof hostAddress>

const fileIn = (folder: string): string => join(folder, 'host.json')

/** Leaves the address in the data folder, readable by its owner only; answers with the way to take it back. */
export function announceHost(folder: string, address: HostAddress): () => void {
  writeWhole(fileIn(folder), JSON.stringify(address))
  return () => forgetHost(folder)
}

export function forgetHost(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/**
 * The address that the host at work has left in the data folder; null when there is none. It outlives a host that was killed until the
 * next relay claims the folder.
 */
export function readHostAddress(folder: string): HostAddress | null {
  try {
    return hostAddress.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')))
  } catch {
    return null
  }
}
