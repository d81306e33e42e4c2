import * as z from 'zod'
import { mappingDocument, type MappingDocument } from '#shared/domain/mapping.ts'
import type { Json } from '#shared/domain/record.ts'
import { route, type Route } from '#shared/domain/route.ts'

/** Mappings and routes, as a file carries them from one Patchbay to another or into a version control system. */
export interface ConfigurationFile {
  readonly mappings: readonly MappingDocument[]
  readonly routes: readonly Route[]
}

const file = z.object({
  patchbay: z.object({ kind: z.literal('configuration'), format: z.literal(1) }),
  mappings: z.array(mappingDocument).default([]),
  routes: z.array(route).default([]),
})

/**
 * The text of such a file: the same configuration gives the same text, whatever order it was entered in. It names no versions, times or
 * people, and no secrets, as mappings and routes have none.
 */
export function writeConfiguration({ mappings, routes }: ConfigurationFile): string {
  const content = {
    patchbay: { kind: 'configuration', format: 1 },
    mappings: byId(mappings).map((one) => inOrder(mappingDocument.parse(one), documentOrder)),
    routes: byId(routes).map((one) => inOrder(route.parse(one), routeOrder)),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** Reads such a text; problems are sentences that name the place. */
export function readConfiguration(
  text: string,
): { readonly ok: true; readonly value: ConfigurationFile } | { readonly ok: false; readonly problems: string[] } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (thrown) {
    return { ok: false, problems: [`This is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`] }
  }
  const read = file.safeParse(json)
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.') || 'The file'}: ${message}`,
    )
    return { ok: false, problems: problems.slice(0, 50) }
  }
  const { mappings, routes } = read.data
  const twice = [...twiceIn('mapping', mappings), ...twiceIn('route', routes)]
  return twice.length > 0 ? { ok: false, problems: twice } : { ok: true, value: { mappings, routes } }
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

function twiceIn(what: string, items: readonly { readonly id: string }[]): string[] {
  const ids = items.map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  return [...new Set(twice)].map((id) => `The ${what} ${id} is in the file more than once.`)
}

/** What a reader looks for first; the rest follows by name. */
const documentOrder = ['id', 'name', 'salesforce', 'connectwise', 'direction', 'entity', 'fields', 'naturalKeys']
const routeOrder = [
  'id',
  'name',
  'enabled',
  'from',
  'match',
  'entity',
  'actions',
  'conditions',
  'field',
  'operator',
  'value',
]

function inOrder(value: unknown, order: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, order))
  if (typeof value !== 'object' || value === null) return z.json().parse(value)
  const place = (name: string): string => {
    const at = order.indexOf(name)
    return at === -1 ? `~${name}` : String(at).padStart(3, '0')
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([one], [other]) => (place(one) < place(other) ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner, order)]),
  )
}
