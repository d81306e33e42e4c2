interface Group {
  hasBranches: boolean
  hasLoop: boolean
}

const loop = /^(?:[*+]|\{\d+,\d*\})/u

/**
 * Could this pattern take for ever on some text? True when a repeated group holds a repetition or alternatives itself,
 * such as `(a+)+`: those are the patterns whose time doubles with each character. Stricter than it has to be.
 */
export function isRunaway(pattern: string): boolean {
  const open: Group[] = []
  let here: Group = { hasBranches: false, hasLoop: false }
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '[') at = endOfClass(pattern, at)
    else if (character === '|') here.hasBranches = true
    else if (character === '(') {
      open.push(here)
      here = { hasBranches: false, hasLoop: false }
    } else if (character === ')') {
      const inner = here
      here = open.pop() ?? { hasBranches: false, hasLoop: false }
      const isRepeated = loop.test(pattern.slice(at + 1))
      if (isRepeated && (inner.hasBranches || inner.hasLoop)) return true
      here.hasLoop ||= inner.hasLoop
      here.hasBranches ||= inner.hasBranches
    } else if (loop.test(pattern.slice(at))) here.hasLoop = true
  }
  return false
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1
  return at
}

/** A regular expression that refuses to be made of a runaway pattern. */
export class GuardedRegExp extends RegExp {
  constructor(pattern: string | RegExp, flags?: string) {
    const source = typeof pattern === 'string' ? pattern : pattern.source
    if (isRunaway(source)) {
      throw new Error(`the pattern /${source}/ repeats something that repeats by itself and could run for ever`)
    }
    super(pattern, flags)
  }

  /** Plain expressions for whatever JavaScript derives from this one. */
  static override get [Symbol.species](): RegExpConstructor {
    return RegExp
  }
}
