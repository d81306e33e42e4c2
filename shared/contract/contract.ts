import { alertCalls, alertRuleCalls, channelCalls, notificationCalls } from './alert-calls.ts'
import { configurationCalls } from './configuration-calls.ts'
import { connectionCalls, sourceCalls } from './connection-calls.ts'
import { conflictCalls, deliveryCalls } from './delivery-calls.ts'
import { eventCalls, rejectionCalls } from './event-calls.ts'
import { failureCalls } from './failure-calls.ts'
import { healthCalls, liveCalls, metricCalls, overviewCalls } from './insight-calls.ts'
import { mappingCalls } from './mapping-calls.ts'
import { pauseCalls } from './pause-calls.ts'
import { linkCalls, recordCalls } from './record-calls.ts'
import { recoveryCalls } from './recovery-calls.ts'
import { replayCalls } from './replay-calls.ts'
import { routeCalls } from './route-calls.ts'
import { sampleCalls } from './sample-calls.ts'
import { sandboxCalls } from './sandbox-calls.ts'
import { schemaCalls } from './schema-calls.ts'
import { storageCalls } from './storage-calls.ts'
import { auditCalls, supportCalls } from './support-calls.ts'
import { viewCalls } from './view-calls.ts'

/** What host and clients say to each other: the one list, for every transport. */
export const contract = {
  events: eventCalls,
  failures: failureCalls,
  views: viewCalls,
  rejections: rejectionCalls,
  deliveries: deliveryCalls,
  conflicts: conflictCalls,
  replays: replayCalls,
  health: healthCalls,
  live: liveCalls,
  connections: connectionCalls,
  sources: sourceCalls,
  routes: routeCalls,
  mappings: mappingCalls,
  overview: overviewCalls,
  metrics: metricCalls,
  records: recordCalls,
  audit: auditCalls,
  alerts: alertCalls,
  alertRules: alertRuleCalls,
  channels: channelCalls,
  notifications: notificationCalls,
  support: supportCalls,
  samples: sampleCalls,
  schema: schemaCalls,
  configuration: configurationCalls,
  recovery: recoveryCalls,
  links: linkCalls,
  pauses: pauseCalls,
  storage: storageCalls,
  sandbox: sandboxCalls,
}

export type Contract = typeof contract
