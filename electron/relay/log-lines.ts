import type { Readable } from 'node:stream'

/** Lines kept, and the most characters of one. */
const linesKept = 300
const lineLength = 2_000

/** Keeps the last lines of what a process writes, over its restarts. */
export class LogLines {
  readonly #lines: string[] = []

  /** Oldest first. */
  get all(): readonly string[] {
    return [...this.#lines]
  }

  /** A line of the shell's own. */
  add(line: string): void {
    this.#lines.push(line.slice(0, lineLength))
    if (this.#lines.length > linesKept) this.#lines.shift()
  }

  /** Takes in all that comes; `also` hears it as it is. */
  follow(stream: Readable, also: (text: string) => void): void {
    let rest = ''
    stream.setEncoding('utf8').on('data', (text: string) => {
      also(text)
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop()?.slice(0, lineLength) ?? ''
      for (const line of lines) this.add(line)
    })
    stream.on('end', () => {
      if (rest !== '') this.add(rest)
    })
  }
}
