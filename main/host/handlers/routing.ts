import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { MappingId } from '#shared/domain/ids.ts'
import { systemName } from '#shared/domain/record.ts'
import { diffMappings } from '#shared/logic/diff-mappings.ts'
import type { HostContext } from '../host-context.ts'
import { os } from '../implementer.ts'
import { countMatches } from '../match-count.ts'
import { granted, notFound } from '../refusals.ts'

/** Events that a match is counted on. */
const counted = 1_000

export const routes = {
  list: os.routes.list.handler(({ context }) => context.host.reader().read('listRoutes')),
  figures: os.routes.figures.handler(async ({ context: { host } }) => {
    const [backlog, known] = await Promise.all([
      host.workspaces.relay.insight.backlog(),
      host.reader().read('routeFigures', host.clock.now()),
    ])
    const depths = new Map(backlog.samples.filter(({ scope }) => scope === 'route').map(({ id, depth }) => [id, depth]))
    return known.map((one) => ({ ...one, open: depths.get(one.routeId) ?? 0 }))
  }),
  save: os.routes.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveRoute(input, context.who)),
  ),
  count: os.routes.count.handler(async ({ input, context }) =>
    countMatches(input.match, await context.host.reader().read('recordsOfSystem', input.from, counted)),
  ),
  remove: os.routes.remove.handler(async ({ input: { id, withOpen }, context }) => ({
    openDeliveries: granted(await context.host.workspaces.relay.configuring.removeRoute(id, withOpen, context.who)),
  })),
}

export const mappings = {
  list: os.mappings.list.handler(({ context }) => context.host.reader().read('listMappings')),
  versions: os.mappings.versions.handler(({ input, context }) => versionsOf(context.host, input.id)),
  save: os.mappings.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveMapping(input.document, input.note, context.who)),
  ),
  check: os.mappings.check.handler(({ input, context }) =>
    context.host.workspaces.relay.configuring.trials.check(input.document),
  ),
  preview: os.mappings.preview.handler(async ({ input: { document, eventId }, context: { host } }) => {
    const record = await host.reader().read('eventRecord', eventId)
    if (record === null) throw notFound(`event ${eventId}`)
    return granted(await host.workspaces.relay.configuring.trials.preview(document, record))
  }),
  backtest: os.mappings.backtest.handler(async ({ input: { document, limit }, context: { host }, signal }) => {
    const reader = host.reader()
    const using = (await reader.read('listRoutes')).filter((route) => route.mappingId === document.id)
    const ids = using.map(({ id }) => id)
    const entities = systemName.options.map((system) => ({ system, entity: document[system].entity }))
    const [kept, latest] = await Promise.all([
      reader.read('recordsKept', entities),
      reader.read('recordsOfRoutes', ids, limit),
    ])
    // Test cases first: they were chosen because they are special.
    const isKept = new Set(kept.map(({ eventId }) => eventId))
    const records = [...kept, ...latest.filter(({ eventId }) => !isKept.has(eventId))]
    return host.workspaces.relay.configuring.trials.backtest(document, records, signal)
  }),
  diff: os.mappings.diff.handler(async ({ input: { id, from, to }, context }) => {
    const versions = await versionsOf(context.host, id)
    const [old, now] = [from, to].map((wanted) => versions.find(({ version }) => version === wanted))
    if (old === undefined) throw notFound(`version ${from} of the mapping ${id}`)
    if (now === undefined) throw notFound(`version ${to} of the mapping ${id}`)
    return { mappingId: id, from, to, ...diffMappings(old.document, now.document) }
  }),
  rollback: os.mappings.rollback.handler(async ({ input: { id, version, note }, context }) =>
    granted(await context.host.workspaces.relay.configuring.rollBack(id, version, note, context.who)),
  ),
}

/** All versions of a mapping, newest first. @throws the contract's NOT_FOUND. */
async function versionsOf(host: HostContext, id: MappingId): Promise<MappingVersion[]> {
  const versions = await host.reader().read('mappingVersions', id)
  if (versions.length === 0) throw notFound(`mapping ${id}`)
  return versions
}
