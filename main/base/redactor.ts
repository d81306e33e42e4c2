import { redactHeader, redacted } from '#shared/logic/redact.ts'

/** Takes secrets out of what is written down: those it was told of by value, and in headers also others by their names. */
export interface Redactor {
  /** From now on this value never appears in what the redactor gives out. */
  add(secret: string): void
  /** `text` without any known secret. */
  text(text: string): string
  /** Up to `most` characters from the beginning of `text` without any known secret, nor a part of one that the cut went through. */
  beginning(text: string, most: number): string
  /** The headers without known secrets and without what stands under a secret's name. */
  headers(headers: Readonly<Record<string, string>>): Record<string, string>
}

/** Shorter values would blank out ordinary words; no vendor hands out secrets that short. */
const shortest = 6
/** Header values remembered with what is shown of them, as most come with every call; longer ones are not alike. */
const mostHeaders = 200
const longestHeader = 200
/** Secrets remembered beside the initial ones: tokens that were replaced long ago are worth nothing. */
const mostAdded = 32

/** A redactor that knows these secrets from the start; of those added later it remembers the newest 32. */
export function createRedactor(initial: readonly string[]): Redactor {
  const added: string[] = []
  let forms = formsOf(initial)

  const text = (value: string): string => forms.reduce((clean, form) => clean.replaceAll(form, redacted), value)

  const shownHeaders = new Map<string, string>()

  function header(name: string, value: string): string {
    const line = `${name}: ${value}`
    const known = shownHeaders.get(line)
    if (known !== undefined) return known
    const shown = text(redactHeader(name, value))
    if (shownHeaders.size >= mostHeaders) shownHeaders.clear()
    if (line.length <= longestHeader) shownHeaders.set(line, shown)
    return shown
  }

  return {
    add(secret) {
      if (added.includes(secret)) return
      shownHeaders.clear()
      added.push(secret)
      if (added.length > mostAdded) added.shift()
      forms = formsOf([...initial, ...added])
    },
    text,
    beginning(value, most) {
      const longest = forms[0]?.length ?? 0
      const read = value.slice(0, most + longest)
      const clean = text(read)
      // A secret that the reading itself cut through is not recognised, so that the end is given up.
      const safe = read.length < value.length ? clean.slice(0, Math.max(0, clean.length - longest)) : clean
      return safe.slice(0, most)
    },
    headers: (headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, header(name, value)])),
  }
}

/** The ways in which secrets appear: as they are, in a form or address, in JSON. Longest first, for one may be part of another. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)])
  return [...new Set(forms)].toSorted((one, other) => other.length - one.length)
}
