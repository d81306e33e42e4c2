/**
 * Parses a JSON column. Our own writer filled it, so its shape is taken on trust; text that is no JSON at all (a file
 * repaired by hand) gives `otherwise`, so that one bad row never hides a whole list.
 */
export function parseColumn<T>(text: string | null, otherwise: T): T {
  if (text === null) return otherwise
  try {
    return JSON.parse(text) as T
  } catch {
    return otherwise
  }
}
