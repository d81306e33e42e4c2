import { describeOverview } from '#main/engine/insight/overview.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { os } from '../implementer.ts'
import { granted, invalid, notFound } from '../refusals.ts'
import { sliceOf } from '../slice.ts'
import { bundleOf, supportParts } from '../support-parts.ts'

const dayMs = 24 * 3_600_000
/** Of the open alerts, the newest: a first screen needs no more. */
const alertsLookedAt = 50

export const overview = {
  get: os.overview.get.handler(async ({ context: { host } }) => {
    const { relay } = host.workspaces
    const reader = host.reader()
    const now = host.clock.now()
    const health = relay.health()
    const activity = health.sources.map(({ id }) => reader.read('activity', id, now))
    const [backlog, pairs, deadGroups, counts, alerts, routes, ...active] = await Promise.all([
      relay.insight.backlog(),
      reader.read('pairCounts'),
      reader.read('deadGroups'),
      reader.read('countsSince', now - dayMs),
      reader.read('listAlerts', { state: 'open', ...sliceOf({ limit: alertsLookedAt }) }),
      reader.read('listRoutes'),
      ...activity,
    ])
    return describeOverview({
      now,
      health,
      backlog,
      pairs,
      deadGroups,
      counts,
      active,
      budgets: relay.insight.budgets(),
      alerts: alerts.items,
      routes,
    })
  }),
}

export const metrics = {
  series: os.metrics.series.handler(async ({ input, context: { host } }) => {
    const series = await host.reader().read('metricSeries', input, host.clock.now())
    if (series === null) throw invalid('step', 'That would be too many points, or none; take a longer step.')
    return series
  }),
}

export const records = {
  search: os.records.search.handler(({ input, context }) =>
    context.host.reader().read('searchRecords', input.text, sliceOf(input)),
  ),
  get: os.records.get.handler(async ({ input, context }) => {
    const record = await context.host.reader().read('recordDetail', input)
    if (record === null) throw notFound(nameOf(input))
    return record
  }),
  timeline: os.records.timeline.handler(async ({ input, context }) => {
    const { system, entity, id } = input
    const timeline = await context.host.reader().read('recordTimeline', { system, entity, id }, sliceOf(input))
    if (timeline === null) throw notFound(nameOf(input))
    return timeline
  }),
  compare: os.records.compare.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.insight.records.compare(input)),
  ),
  sync: os.records.sync.handler(async ({ input: { from, ...ref }, context }) => ({
    eventIds: [...granted(await context.host.workspaces.relay.insight.records.sync(ref, from, context.who))],
  })),
}

export const audit = {
  list: os.audit.list.handler(({ input, context }) =>
    context.host.reader().read('listAudit', { ...input, ...sliceOf(input) }),
  ),
}

export const support = {
  preview: os.support.preview.handler(({ context }) => supportParts(context.host)),
  bundle: os.support.bundle.handler(async ({ context: { host, who } }) => {
    const parts = await supportParts(host)
    const detail = parts.map(({ name }) => name).join(', ')
    await host.workspaces.relay.insight.note({ who, action: 'export', subject: 'support bundle', detail })
    return bundleOf(parts, host.clock.now())
  }),
}

function nameOf({ entity, id }: RecordRef): string {
  return `event or link of the ${entity} ${id}`
}
