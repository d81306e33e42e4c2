import { isAbsolute, join, relative } from 'node:path'
import { pageHost } from './navigation-guard.ts'

/** The file under `folder` that an address of the page means; null for anything that would lead out of it. */
export function fileFor(url: string, folder: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.host !== pageHost) return null
  const path = decoded(parsed.pathname)
  if (path === null || path.includes('\0')) return null
  const file = join(folder, path)
  const inside = relative(folder, file)
  // Encoded dots and backslashes survive the parsing of the address; only the finished path tells where it leads.
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
