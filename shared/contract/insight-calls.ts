import * as z from 'zod'
import { eventIterator } from '@orpc/contract'
import { health } from '../domain/health.ts'
import { metricQuery, metricSeries } from '../domain/metrics.ts'
import { overview } from '../domain/overview.ts'
import { base } from './base.ts'
import { liveMessage } from './live.ts'

/** How the bridge does, in one sentence and its reasons. */
export const overviewCalls = {
  get: base
    .route({
      method: 'GET',
      path: '/overview',
      summary: 'Well or not, what waits and why, and what wants a person first',
    })
    .output(overview),
}

/** How each part does. */
export const healthCalls = {
  get: base.route({ method: 'GET', path: '/health', summary: 'How the relay and its parts are' }).output(health),
}

/** What changes, as it happens. */
export const liveCalls = {
  /** Not in REST: a stream over MessagePort or WebSocket. */
  watch: base.input(z.object({ after: z.number().int().optional() })).output(eventIterator(liveMessage)),
}

export const metricCalls = {
  series: base
    .route({ method: 'GET', path: '/metrics/series', summary: 'A metric over time, for charts' })
    .input(metricQuery)
    .output(metricSeries),
}
