import { addressOf } from '../place.ts'

/** The address of a mapping's editor. @param query `field` and `value`: the row to open, and the value of its value map that is wanted. */
export function mappingAddress(id: string, query: Readonly<Record<string, string>> = {}): string {
  return addressOf('mappings', [id], query)
}

export function versionsAddress(id: string, query: Readonly<Record<string, string>> = {}): string {
  return addressOf('mappings', [id, 'versions'], query)
}
