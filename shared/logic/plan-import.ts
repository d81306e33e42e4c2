import type { ImportItem, ImportPlan } from '#shared/domain/configuration-import.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { diffMappings, diffProperties } from './diff-mappings.ts'
import { unfitMapping, unfitMatch } from './unfit-expression.ts'

/** What importing `file` would change in what is here. `connections`: the ids of those that are configured. */
export function planImport(
  file: ConfigurationFile,
  here: ConfigurationFile,
  connections: ReadonlySet<string>,
): ImportPlan {
  const mappings = new Set([...file.mappings, ...here.mappings].map(({ id }) => id))
  const problems = [
    ...file.mappings.flatMap((document) => unfitMapping(document) ?? []),
    ...file.routes.flatMap((route) => routeProblems(route, connections, mappings)),
  ]
  const items = [
    ...file.mappings.map((document) =>
      mappingItem(
        document,
        here.mappings.find(({ id }) => id === document.id),
      ),
    ),
    ...onlyHere('mapping', file.mappings, here.mappings),
    ...file.routes.map((route) =>
      routeItem(
        route,
        here.routes.find(({ id }) => id === route.id),
      ),
    ),
    ...onlyHere('route', file.routes, here.routes),
  ]
  return { items, problems }
}

function mappingItem(document: MappingDocument, here: MappingDocument | undefined): ImportItem {
  const { id, name } = document
  const base = { kind: 'mapping' as const, id, name, changes: [] }
  if (here === undefined) return { ...base, what: 'add', difference: null }
  const difference = diffMappings(here, document)
  const isSame = difference.rows.length === 0 && difference.settings.length === 0 && !difference.isReordered
  return { ...base, what: isSame ? 'same' : 'change', difference: isSame ? null : difference }
}

function routeItem(route: Route, here: Route | undefined): ImportItem {
  const { id, name } = route
  const base = { kind: 'route' as const, id, name, difference: null }
  if (here === undefined) return { ...base, what: 'add', changes: [] }
  const changes = diffProperties(here, route)
  return { ...base, what: changes.length === 0 ? 'same' : 'change', changes }
}

function onlyHere(
  kind: ImportItem['kind'],
  there: readonly { readonly id: string }[],
  here: readonly { readonly id: string; readonly name: string }[],
): ImportItem[] {
  return here
    .filter(({ id }) => !there.some((one) => one.id === id))
    .map(({ id, name }) => ({ kind, id, name, what: 'only-here', difference: null, changes: [] }))
}

function routeProblems(route: Route, connections: ReadonlySet<string>, mappings: ReadonlySet<string>): string[] {
  const missing = [...new Set([route.connectionId, route.sourceConnectionId])].filter((id) => !connections.has(id))
  const unfit = unfitMatch(route)
  return [
    ...missing.map((id) => `The route ${route.id} needs the connection ${id}; set it up first.`),
    ...(mappings.has(route.mappingId) ? [] : [`The route ${route.id} needs the mapping ${route.mappingId}.`]),
    ...(unfit === null ? [] : [unfit]),
  ]
}
