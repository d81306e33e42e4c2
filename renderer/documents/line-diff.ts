/** A run of lines: in both texts, or in one of them only. */
export interface LineRun {
  readonly sign: 'same' | 'removed' | 'added'
  readonly lines: readonly string[]
}

/** Differing lines up to which the shortest comparison is looked for; beyond, all between the first and the last one count as replaced. */
const mostEdits = 800

/** Two lists of lines compared by Myers' algorithm, within bounds on time and memory. */
export function diffLines(before: readonly string[], after: readonly string[]): LineRun[] {
  const head = commonLength(before, after, (list, index) => list[index])
  const room = Math.min(before.length, after.length) - head
  const tail = Math.min(
    room,
    commonLength(before, after, (list, index) => list[list.length - 1 - index]),
  )
  const old = before.slice(head, before.length - tail)
  const now = after.slice(head, after.length - tail)
  const middle = shortest(old, now) ?? [run('removed', old), run('added', now)]
  return [run('same', before.slice(0, head)), ...middle, run('same', before.slice(before.length - tail))].filter(
    ({ lines }) => lines.length > 0,
  )
}

function run(sign: LineRun['sign'], lines: readonly string[]): LineRun {
  return { sign, lines }
}

function commonLength(
  before: readonly string[],
  after: readonly string[],
  at: (list: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(before.length, after.length)
  let length = 0
  while (length < most && at(before, length) === at(after, length)) length += 1
  return length
}

/** The runs of a shortest comparison; null when the texts differ too much to look for it. */
function shortest(before: readonly string[], after: readonly string[]): LineRun[] | null {
  const most = Math.min(mostEdits, before.length + after.length)
  // For each diagonal (lines of `before` less lines of `after`, from `-most` on) how far in `before` one has come.
  const reached = new Int32Array(2 * most + 3)
  const middle = most + 1
  const steps: Int32Array[] = []
  for (let edits = 0; edits <= most; edits += 1) {
    steps.push(reached.slice())
    for (let lead = middle - edits; lead <= middle + edits; lead += 2) {
      let x = isAddition(reached, lead, middle, edits) ? at(reached, lead + 1) : at(reached, lead - 1) + 1
      while (x < before.length && x - lead + middle < after.length && before[x] === after[x - lead + middle]) x += 1
      reached[lead] = x
      if (x >= before.length && x - lead + middle >= after.length) return walkBack(before, after, steps, middle)
    }
  }
  return null
}

function at(list: Int32Array, index: number): number {
  return list[index] ?? 0
}

/** Whether the way to a diagonal leads over an added line; else over a removed one. */
function isAddition(reached: Int32Array, lead: number, middle: number, edits: number): boolean {
  if (lead === middle - edits) return true
  return lead !== middle + edits && at(reached, lead - 1) < at(reached, lead + 1)
}

/** Goes from the ends of both texts back to their beginnings, along what was reached with each edit. */
function walkBack(
  before: readonly string[],
  after: readonly string[],
  steps: readonly Int32Array[],
  middle: number,
): LineRun[] {
  const runs: { readonly sign: LineRun['sign']; readonly lines: string[] }[] = []
  const add = (sign: LineRun['sign'], line: string | undefined): void => {
    const last = runs.at(-1)
    if (last?.sign === sign) last.lines.push(line ?? '')
    else runs.push({ sign, lines: [line ?? ''] })
  }
  let [x, y] = [before.length, after.length]
  for (const [edits, reached] of [...steps.entries()].toReversed()) {
    const lead = x - y + middle
    const isAdded = isAddition(reached, lead, middle, edits)
    const from = isAdded ? lead + 1 : lead - 1
    const fromX = edits === 0 ? 0 : at(reached, from)
    const fromY = edits === 0 ? 0 : fromX - from + middle
    for (; x > fromX && y > fromY; x -= 1, y -= 1) add('same', before[x - 1])
    if (edits === 0) break
    if (isAdded) add('added', after[(y -= 1)])
    else add('removed', before[(x -= 1)])
  }
  return runs.toReversed().map(({ sign, lines }) => run(sign, lines.toReversed()))
}
