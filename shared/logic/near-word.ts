/** The word that somebody most likely meant; null when none is near. */
export function nearWord(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase()
  const ranked = known
    .map((one) => ({ one, distance: one.startsWith(word) ? 0 : distanceBetween(word, one) }))
    .toSorted((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.one : null
}

/** How many letters have to be put in, left out or changed. */
function distanceBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [line, letter] of Array.from(from).entries()) {
    const next = [line + 1]
    for (let index = 0; index < to.length; index += 1) {
      const changed = (row[index] ?? 0) + (to[index] === letter ? 0 : 1)
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
