import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { choice, conflict } from '../domain/conflict.ts'
import { connection } from '../domain/connection.ts'
import { deliveryDetail, deliveryState, deliverySummary } from '../domain/delivery.ts'
import { duplicate, eventSummary, rejection } from '../domain/event.ts'
import { connectionHealth, health } from '../domain/health.ts'
import { eventHistogram } from '../domain/histogram.ts'
import { connectionId, deliveryId, eventId, mappingId, replayId, routeId, sourceId } from '../domain/ids.ts'
import { link } from '../domain/link.ts'
import { mappingDocument, mappingVersion } from '../domain/mapping.ts'
import { pause, pauseReceipt, pauseTarget } from '../domain/pause.ts'
import { values } from '../domain/record.ts'
import {
  replay,
  replayDetail,
  replayItem,
  replayMode,
  replayPlan,
  replayPreview,
  replayReceipt,
  replayRequest,
  replaySelection,
  undoRequest,
} from '../domain/replay.ts'
import { route } from '../domain/route.ts'
import { source } from '../domain/source.ts'
import { backupFile, storageReport, storageSettings, upkeepResult } from '../domain/storage.ts'
import { alertCalls, alertRuleCalls, channelCalls, notificationCalls } from './alert-calls.ts'
import { base } from './base.ts'
import { configurationCalls } from './configuration-calls.ts'
import { eventCriteria } from './event-filter.ts'
import { failureCalls } from './failure-calls.ts'
import {
  auditCalls,
  metricCalls,
  overviewCalls,
  recordCalls,
  restoreCall,
  sandboxActCall,
  sandboxStateCall,
  supportCalls,
} from './insight-calls.ts'
import { liveMessage } from './live.ts'
import { mappingCalls } from './mapping-calls.ts'
import { page, pageQuery } from './page.ts'
import { recoveryCalls } from './recovery-calls.ts'
import { routeCalls } from './route-calls.ts'
import { sampleCalls } from './sample-calls.ts'
import { schemaCalls } from './schema-calls.ts'
import { cancelManyCall, countEventsCall } from './selection-calls.ts'
import { viewCalls } from './view-calls.ts'

/** REST gives ids as text in the path; the other transports as numbers. */
const byEvent = z.object({ id: z.coerce.number().int().positive().pipe(eventId) })
const byReplay = z.object({ id: z.coerce.number().int().positive().pipe(replayId) })
const byDelivery = z.object({ id: z.coerce.number().int().positive().pipe(deliveryId) })

/** Which events a list shows, and which page of them. */
export const eventFilter = eventCriteria.extend(pageQuery.shape)

/** An event with everything that became of it. */
export const eventDetail = eventSummary.extend({
  occurredAt: z.number().nullable(),
  actor: z.string().nullable(),
  version: z.string().nullable(),
  dedupeKeys: z.array(z.string()),
  duplicateList: z.array(duplicate),
  headers: z.record(z.string(), z.string()),
  contentType: z.string(),
  /** Up to the first 65,536 characters of the body; `bodyTruncated` says when there is more. */
  body: z.string(),
  bodyTruncated: z.boolean(),
  verifiedBy: z.string(),
  routedAt: z.number().nullable(),
  deliveries: z.array(deliveryDetail),
})
export type EventDetail = z.infer<typeof eventDetail>

export const secretNames = z.record(z.string(), z.object({ set: z.boolean() }))

export const check = z.object({ name: z.string(), ok: z.boolean(), sentence: z.string(), fix: z.string().nullable() })

/** What host and clients say to each other: the one list, for every transport. */
export const contract = {
  events: {
    list: base
      .route({ method: 'GET', path: '/events', summary: 'Events, newest first' })
      .input(eventFilter)
      .output(page(eventSummary)),
    get: base
      .route({ method: 'GET', path: '/events/{id}', summary: 'One event with its deliveries and their attempts' })
      .input(byEvent)
      .output(eventDetail),
    body: base
      .route({ method: 'GET', path: '/events/{id}/body', summary: 'The whole body as text' })
      .input(byEvent)
      .output(z.object({ contentType: z.string(), body: z.string() })),
    count: countEventsCall,
    bodyPiece: base
      .route({
        method: 'GET',
        path: '/events/{id}/body/piece',
        summary: 'A piece of the body as text, whole characters only; `next` is where the one after it begins',
      })
      .input(
        byEvent.extend({
          /** Bytes from the beginning of the body. */
          from: z.coerce.number().int().min(0).default(0),
          /** Bytes at most. */
          most: z.coerce.number().int().min(1_024).max(1_048_576).default(524_288),
        }),
      )
      .output(z.object({ text: z.string(), next: z.number().int().nullable(), size: z.number().int() })),
    histogram: base
      .route({ method: 'GET', path: '/events/histogram', summary: 'How many events came in when, by state' })
      .input(
        eventCriteria.omit({ since: true, until: true }).extend({
          hours: z.coerce.number().int().min(1).max(744).default(24),
          buckets: z.coerce.number().int().min(1).max(200).default(48),
        }),
      )
      .output(eventHistogram),
  },
  failures: failureCalls,
  views: viewCalls,
  rejections: {
    list: base
      .route({ method: 'GET', path: '/rejections', summary: 'Refused requests, newest first' })
      .input(pageQuery)
      .output(page(rejection)),
  },
  deliveries: {
    list: base
      .route({ method: 'GET', path: '/deliveries', summary: 'Deliveries, newest first' })
      .input(
        z.object({
          ...pageQuery.shape,
          state: deliveryState.optional(),
          routeId: routeId.optional(),
          eventId: z.coerce.number().int().pipe(eventId).optional(),
        }),
      )
      .output(page(deliverySummary)),
    get: base
      .route({ method: 'GET', path: '/deliveries/{id}', summary: 'One delivery with its attempts' })
      .input(byDelivery)
      .output(deliveryDetail),
    cancel: base
      .route({ method: 'POST', path: '/deliveries/{id}/cancel', summary: 'Give up a delivery that has not ended' })
      .input(byDelivery.extend({ reason: z.string().min(1).max(500) }))
      .output(deliverySummary),
    cancelMany: cancelManyCall,
    release: base
      .route({
        method: 'POST',
        path: '/deliveries/{id}/release',
        summary: 'Let a parked delivery go on; after a mass deletion, all that its source holds back',
      })
      .input(byDelivery)
      .output(z.object({ released: z.number().int() })),
  },
  conflicts: {
    list: base
      .route({
        method: 'GET',
        path: '/conflicts',
        summary: 'Deliveries that wait for a choice between values, newest first',
      })
      .input(pageQuery)
      .output(page(conflict)),
    resolve: base
      .route({ method: 'POST', path: '/conflicts/{deliveryId}/resolve', summary: 'Choose the values that stay' })
      .input(
        z.object({
          deliveryId: z.coerce.number().int().positive().pipe(deliveryId),
          choices: z.record(z.string(), choice),
        }),
      )
      .output(deliveryDetail),
  },
  replays: {
    list: base
      .route({ method: 'GET', path: '/replays', summary: 'Replays, newest first' })
      .input(pageQuery)
      .output(page(replay)),
    create: base
      .route({ method: 'POST', path: '/replays', summary: 'Deliver again', successStatus: 201 })
      .input(replayRequest)
      .output(replayReceipt),
    plan: base
      .route({ method: 'POST', path: '/replays/plan', summary: 'What a replay would take: counts and API calls' })
      .input(replaySelection)
      .output(replayPlan),
    preview: base
      .route({ method: 'POST', path: '/replays/preview', summary: 'What would change in each record; writes nothing' })
      .input(
        replaySelection.extend({
          mode: replayMode.default('current'),
          payload: values.optional(),
          limit: z.number().int().min(1).max(50).default(20),
          after: z.string().optional(),
        }),
      )
      .output(page(replayPreview)),
    undo: base
      .route({
        method: 'POST',
        path: '/replays/undo',
        summary: 'Take back what a delivery or a replay wrote, where nobody touched it since',
        successStatus: 201,
      })
      .input(undoRequest)
      .output(z.object({ replayId })),
    get: base
      .route({ method: 'GET', path: '/replays/{id}', summary: 'One replay with its progress' })
      .input(byReplay)
      .output(replayDetail),
    items: base
      .route({ method: 'GET', path: '/replays/{id}/items', summary: 'What became of each delivery of a replay' })
      .input(byReplay.extend(pageQuery.shape))
      .output(page(replayItem)),
    pause: base
      .route({ method: 'POST', path: '/replays/{id}/pause', summary: 'Send nothing more of a replay for now' })
      .input(byReplay)
      .output(replayDetail),
    resume: base
      .route({ method: 'POST', path: '/replays/{id}/resume', summary: 'Let a paused replay go on' })
      .input(byReplay)
      .output(replayDetail),
    cancel: base
      .route({ method: 'POST', path: '/replays/{id}/cancel', summary: 'End a replay before its next send' })
      .input(byReplay)
      .output(replayDetail),
  },
  health: {
    get: base.route({ method: 'GET', path: '/health', summary: 'How the relay and its parts are' }).output(health),
  },
  live: {
    /** Not in REST: a stream over MessagePort or WebSocket. */
    watch: base.input(z.object({ after: z.number().int().optional() })).output(eventIterator(liveMessage)),
  },
  connections: {
    list: base
      .route({ method: 'GET', path: '/connections', summary: 'Connections; secrets are never read back' })
      .output(z.array(z.object({ connection, secrets: secretNames, health: connectionHealth }))),
    save: base
      .route({ method: 'PUT', path: '/connections', summary: 'Create or change a connection' })
      .input(z.object({ connection, secrets: z.record(z.string(), z.string()).default({}) }))
      .output(connection),
    test: base
      .route({ method: 'POST', path: '/connections/{id}/test', summary: 'Try a connection and explain what is wrong' })
      .input(z.object({ id: connectionId }))
      .output(z.object({ checks: z.array(check) })),
    remove: base
      .route({
        method: 'POST',
        path: '/connections/remove',
        summary:
          'Remove a connection that no route or source uses, with its secrets; with `withOpen` also while deliveries to it have not ended, which are then cancelled',
      })
      .input(z.object({ id: connectionId, withOpen: z.boolean().default(false) }))
      .output(z.object({ openDeliveries: z.number().int() })),
  },
  sources: {
    list: base
      .route({ method: 'GET', path: '/sources', summary: 'Sources; secrets are never read back' })
      .output(z.array(z.object({ source, secrets: secretNames }))),
    save: base
      .route({ method: 'PUT', path: '/sources', summary: 'Create or change a source' })
      .input(z.object({ source, secrets: z.record(z.string(), z.string()).default({}) }))
      .output(source),
    test: base
      .route({ method: 'POST', path: '/sources/{id}/test', summary: 'Try a source and explain what is wrong' })
      .input(z.object({ id: sourceId }))
      .output(z.object({ checks: z.array(check) })),
    remove: base
      .route({
        method: 'POST',
        path: '/sources/remove',
        summary: 'Remove a source with its secrets; the events it brought stay, and are carried over',
      })
      .input(z.object({ id: sourceId }))
      .output(z.object({ id: sourceId })),
    scripts: base
      .route({
        method: 'GET',
        path: '/sources/{id}/scripts',
        summary: 'The T-SQL to install, check and remove the ConnectWise listener; Patchbay never runs it',
      })
      .input(z.object({ id: sourceId }))
      .output(z.array(z.object({ name: z.string(), purpose: z.string(), text: z.string() }))),
  },
  routes: {
    list: base.route({ method: 'GET', path: '/routes', summary: 'Routes' }).output(z.array(route)),
    save: base
      .route({ method: 'PUT', path: '/routes', summary: 'Create or change a route' })
      .input(route)
      .output(route),
    ...routeCalls,
  },
  mappings: {
    list: base
      .route({ method: 'GET', path: '/mappings', summary: 'Mappings in their newest version' })
      .output(z.array(mappingVersion)),
    versions: base
      .route({ method: 'GET', path: '/mappings/{id}/versions', summary: 'All versions of a mapping, newest first' })
      .input(z.object({ id: mappingId }))
      .output(z.array(mappingVersion)),
    save: base
      .route({ method: 'PUT', path: '/mappings', summary: 'Store a new version of a mapping' })
      .input(z.object({ document: mappingDocument, note: z.string().max(500).default('') }))
      .output(mappingVersion),
    ...mappingCalls,
  },
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
  links: {
    list: base
      .route({ method: 'GET', path: '/links', summary: 'Paired records, newest first' })
      .input(
        z.object({ ...pageQuery.shape, salesforceId: z.string().optional(), connectwiseId: z.string().optional() }),
      )
      .output(page(link)),
  },
  pauses: {
    list: base
      .route({ method: 'GET', path: '/pauses', summary: 'What people have paused, oldest first' })
      .output(z.array(pause)),
    set: base
      .route({
        method: 'PUT',
        path: '/pauses',
        summary: 'Pause everything, a connection, a route or a source; nothing it forbids is sent after the answer',
      })
      .input(pauseTarget.extend({ reason: z.string().trim().min(1).max(500) }))
      .output(pauseReceipt),
    clear: base
      .route({ method: 'POST', path: '/pauses/clear', summary: 'End a pause; what it held goes on in order' })
      .input(pauseTarget)
      .output(z.array(pause)),
  },
  storage: {
    restore: restoreCall,
    get: base
      .route({ method: 'GET', path: '/storage', summary: 'The database: room, limits, backups, how it is' })
      .output(storageReport),
    save: base
      .route({ method: 'PUT', path: '/storage/settings', summary: 'How long and how much is kept' })
      .input(storageSettings)
      .output(storageSettings),
    backup: base
      .route({ method: 'POST', path: '/storage/backups', summary: 'Make a backup now', successStatus: 201 })
      .output(backupFile),
    check: base
      .route({ method: 'POST', path: '/storage/check', summary: 'Look through the whole database' })
      .output(upkeepResult),
  },
  sandbox: {
    state: sandboxStateCall,
    act: sandboxActCall,
    start: base
      .route({ method: 'POST', path: '/sandbox/start', summary: 'Work on the simulated systems' })
      .output(health),
    leave: base
      .route({ method: 'POST', path: '/sandbox/leave', summary: 'Go back to the real configuration' })
      .output(health),
    traffic: base
      .route({ method: 'POST', path: '/sandbox/traffic', summary: 'Let simulated people work; 0 stops them' })
      .input(z.object({ perMinute: z.number().min(0).max(60_000) }))
      .output(z.object({ perMinute: z.number() })),
    faults: base
      .route({
        method: 'POST',
        path: '/sandbox/faults',
        summary: 'Break a simulated system in one way more, mend that, or with null heal it of everything',
      })
      .input(
        z.object({
          system: z.enum(['salesforce', 'connectwise']),
          fault: z.string().nullable(),
          isOn: z.boolean().default(true),
        }),
      )
      .output(z.object({ ok: z.boolean() })),
  },
}

export type Contract = typeof contract
