/**
 * How well a text fits what was typed: 0 when a letter is missing, else more for letters that stand together, and most for those that
 * begin a word. `pau` and `pe` both find "Pause everything".
 */
export function fuzzyScore(typed: string, text: string): number {
  const wanted = typed.toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return 1
  const there = text.toLowerCase()
  let best = 0
  for (let start = there.indexOf(wanted[0] ?? ''); start >= 0; start = there.indexOf(wanted[0] ?? '', start + 1)) {
    // From the middle of a word only what stands there letter by letter: the rest would be found by chance.
    if (!beginsWord(there, start) && !there.startsWith(wanted, start)) continue
    best = Math.max(best, scoreFrom(wanted, there, start) - start / 100)
  }
  return best
}

/** Those that fit, the best first; equal ones keep their order. */
export function fuzzyFilter<Item>(typed: string, items: readonly Item[], textOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, score: fuzzyScore(typed, textOf(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ item }) => item)
}

/** The score of letters of which the first stands at `at`: the next one follows at once, or begins a later word. */
function scoreFrom(wanted: string, text: string, at: number): number {
  const own = beginsWord(text, at) ? 4 : 1
  const [, next] = wanted
  if (next === undefined) return own
  const rest = wanted.slice(1)
  let best = text[at + 1] === next ? 2 + scoreFrom(rest, text, at + 1) : -Infinity
  for (let later = text.indexOf(next, at + 2); later >= 0; later = text.indexOf(next, later + 1)) {
    if (beginsWord(text, later)) best = Math.max(best, scoreFrom(rest, text, later))
  }
  return own + best
}

function beginsWord(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}
