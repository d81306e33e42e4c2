import type { Json, Values } from '#shared/domain/record.ts'
import type { SamplePath } from '#shared/domain/schema.ts'
import { isEmpty } from './json.ts'
import { isSecretName, redacted, redactText } from './redact.ts'

/** Different values shown for a path, characters of each, and how many paths and levels are followed. */
const mostExamples = 5
const longestExample = 80
const mostPaths = 2_000
const deepest = 6

interface Seen {
  readonly types: Set<SamplePath['types'][number]>
  /** What an example shows by the value it was made of, as redacting a value twice would cost the most of it all. */
  readonly examples: Map<Json, string>
  count: number
}

/** The places that occur in the values of records, in the order of their names, with what was seen there. */
export function samplePaths(records: readonly Values[]): SamplePath[] {
  const seen = new Map<string, Seen>()
  for (const record of records) {
    const here = new Map<string, Json[]>()
    for (const [name, value] of Object.entries(record)) collect(name, value, here, 1)
    for (const [path, found] of here) note(seen, path, found)
  }
  return [...seen]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, { types, examples, count }]) => ({
      path,
      types: [...types].toSorted(),
      count,
      examples: [...new Set(examples.values())],
    }))
}

/** All values of one record by their place: a list has several. */
function collect(path: string, value: Json, into: Map<string, Json[]>, depth: number): void {
  const known = into.get(path)
  if (known === undefined) into.set(path, [value])
  else known.push(value)
  if (typeof value !== 'object' || value === null || depth >= deepest) return
  if (Array.isArray(value)) for (const item of value.slice(0, 20)) collect(`${path}[]`, item, into, depth + 1)
  else for (const [name, inner] of Object.entries(value)) collect(`${path}/${name}`, inner, into, depth + 1)
}

function note(seen: Map<string, Seen>, path: string, found: readonly Json[]): void {
  let entry = seen.get(path)
  if (entry === undefined) {
    if (seen.size >= mostPaths) return
    entry = { types: new Set(), examples: new Map(), count: 0 }
    seen.set(path, entry)
  }
  entry.count += 1
  for (const value of found) {
    const type = typeOf(value)
    entry.types.add(type)
    if (type === 'empty' || type === 'list' || type === 'object') continue
    if (entry.examples.size < mostExamples && !entry.examples.has(value))
      entry.examples.set(value, example(path, value))
  }
}

function typeOf(value: Json): SamplePath['types'][number] {
  if (isEmpty(value)) return 'empty'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return 'object'
  }
}

function example(path: string, value: Json): string {
  if (path.split(/[/.]|\[\]/u).some(isSecretName)) return redacted
  // Cut with room first: what is redacted is never longer than it was by much, and a body can be megabytes.
  const text = redactText(String(value).slice(0, longestExample * 4))
  return text.length <= longestExample ? text : `${text.slice(0, longestExample - 1)}…`
}
