/** An id made of a name, in letters, digits and dashes; with a number behind it where it is taken. */
export function freeId(name: string, taken: readonly string[], fallback: string): string {
  const base =
    name
      .toLowerCase()
      .replaceAll('→', 'to')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || fallback
  let id = base
  for (let number = 2; taken.includes(id); number += 1) id = `${base}-${number}`
  return id
}
