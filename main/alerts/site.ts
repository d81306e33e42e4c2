import type { FigurePart, WatchedSubject } from '#main/store/rule-history.ts'
import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { AlertScope, AlertSubject } from '#shared/domain/alert.ts'
import { systemName, systemTitle, type SystemName } from '#shared/domain/record.ts'

/** What is configured, as far as rules can be about it. */
export interface Site {
  readonly connections: readonly { readonly id: string; readonly name: string; readonly system: SystemName }[]
  readonly sources: readonly { readonly id: string; readonly name: string; readonly system: SystemName }[]
  readonly routes: readonly { readonly id: string; readonly name: string; readonly connectionId: string }[]
}

const arrivals: readonly AlertMetric[] = ['volume', 'rejections']

/** What a rule of this scope looks at: the one it names, or each of the kind. None that is gone. */
export function subjectsOf(scope: AlertScope, metric: AlertMetric, site: Site): WatchedSubject[] {
  return all(scope.kind, site)
    .filter(({ id }) => scope.id === null || scope.kind === 'all' || id === scope.id)
    .map(({ id, name }) => ({ kind: scope.kind, id, name, parts: partsOf({ kind: scope.kind, id }, metric, site) }))
}

/** The routes that write to a subject; of everything none, as no filter is needed for it. */
export function routesOf({ kind, id }: Pick<AlertSubject, 'kind' | 'id'>, site: Site): readonly string[] {
  if (kind === 'route') return [id]
  if (kind !== 'connection' && kind !== 'system') return []
  const into = kind === 'connection' ? [id] : site.connections.filter((one) => one.system === id).map((one) => one.id)
  return site.routes.filter(({ connectionId }) => into.includes(connectionId)).map((one) => one.id)
}

function all(kind: AlertScope['kind'], site: Site): readonly { readonly id: string; readonly name: string }[] {
  switch (kind) {
    case 'all':
      return [{ id: '', name: 'Patchbay' }]
    case 'system':
      return systemName.options.map((id) => ({ id, name: systemTitle[id] }))
    case 'source':
      return site.sources
    case 'route':
      return site.routes
    case 'connection':
      return site.connections
  }
}

function partsOf({ kind, id }: Pick<AlertSubject, 'kind' | 'id'>, metric: AlertMetric, site: Site): FigurePart[] {
  if (kind !== 'system') return [{ scope: kind, id }]
  const isArrival = arrivals.includes(metric)
  return (isArrival ? site.sources : site.connections)
    .filter(({ system }) => system === id)
    .map((one) => ({ scope: isArrival ? 'source' : 'connection', id: one.id }))
}
