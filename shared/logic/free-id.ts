/** An id made from a name, as it stands in addresses, that nothing has yet. `unnamed`: what to call it when the name has no letter in it. */
export function freeIdOf(name: string, taken: readonly string[], unnamed: string): string {
  const base =
    name
      .toLowerCase()
      .replaceAll('→', 'to')
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 56)
      .replace(/^-+|-+$/g, '') || unnamed
  const ids = new Set(taken)
  let id = base
  for (let number = 2; ids.has(id); number += 1) id = `${base}-${number}`
  return id
}
