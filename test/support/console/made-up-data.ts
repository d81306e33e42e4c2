import type { EventDetail } from '#shared/contract/event-calls.ts'
import { deliveryDetail } from '#shared/domain/delivery.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { eventSummary } from '#shared/domain/event.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { health } from '#shared/domain/health.ts'
import type { Health } from '#shared/domain/health.ts'

const companies = [
  'Acme Dental Group',
  'Northwind Traders',
  'Harbor Street Law',
  'Blue Ridge Logistics',
  'St. Brigid School',
  'Maple & Sons Plumbing',
  'Contoso Clinics',
  'Lakeside Veterinary',
]
const people = ['Dana Whitfield', 'Marcus Oyelaran', 'Priya Natarajan', 'Tom Hauser', 'Elena Kovac']
const tickets = [
  'Printer on 2nd floor offline',
  'VPN drops every hour',
  'New starter: laptop and mailbox',
  'Outlook asks for password',
  'Backup job failed on NAS-02',
]

const failures: Failure[] = [
  {
    class: 'permanent',
    stage: 'deliver',
    code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    sentence: 'Salesforce does not know the value “Onsite – Billable” in the field Type of the Case.',
    fix: 'Add the value to the picklist in Salesforce, or map “Onsite – Billable” to a value that is there, then replay.',
    field: 'Type',
    status: 400,
  },
  {
    class: 'permanent',
    stage: 'deliver',
    code: 'InvalidObject',
    sentence: 'ConnectWise refused the company: the field identifier is longer than 25 characters.',
    fix: 'Shorten the account number in Salesforce, then replay.',
    field: 'identifier',
    status: 400,
  },
]

/** Event `id` of a plausible day; the same number, the same event. */
export function madeUpEvent(id: number, now: number, newest: number): EventSummary {
  const fromSalesforce = id % 3 !== 0
  const kind = id % 5
  const entity = fromSalesforce
    ? (['Account', 'Contact', 'Case', 'Account', 'Opportunity'][kind] ?? 'Account')
    : (['ticket', 'company', 'ticket', 'contact', 'ticket'][kind] ?? 'ticket')
  const isPerson = entity.toLowerCase() === 'contact'
  const isTicket = entity === 'Case' || entity === 'ticket'
  const title = isTicket
    ? tickets[id % tickets.length]
    : isPerson
      ? people[id % people.length]
      : companies[id % companies.length]
  const state =
    id % 29 === 0
      ? 'dead'
      : id % 13 === 0
        ? 'skipped'
        : id % 31 === 0
          ? 'unmatched'
          : newest - id < 3
            ? 'open'
            : 'delivered'
  const to = fromSalesforce ? 'ConnectWise' : 'Salesforce'
  const notes: Record<string, string> = {
    dead: failures[fromSalesforce ? 1 : 0]?.sentence ?? '',
    skipped: `${to} already had these values.`,
    unmatched: 'No route wants this event.',
    open: `Being written to ${to}.`,
    delivered: `Updated in ${to} (${(id % 4) + 1} ${id % 4 === 0 ? 'field' : 'fields'}).`,
  }
  const receivedAt = now - (newest - id) * 7_300 - (id % 7) * 411
  return eventSummary.parse({
    id,
    sourceId: fromSalesforce ? 'salesforce-webhook' : 'connectwise-callback',
    via: fromSalesforce ? 'webhook' : id % 2 === 0 ? 'queue' : 'webhook',
    system: fromSalesforce ? 'salesforce' : 'connectwise',
    entity,
    recordId: fromSalesforce ? `001Dn00000${(id % 97).toString().padStart(2, '0')}kXQIAY` : String(48_000 + (id % 97)),
    action: id % 11 === 0 ? 'created' : fromSalesforce ? 'updated' : 'touched',
    title: title ?? null,
    state,
    result: state === 'delivered' ? (id % 6 === 1 ? 'unchanged' : 'updated') : null,
    note: notes[state] ?? null,
    receivedAt,
    endedAt: state === 'open' ? null : receivedAt + 40 + ((id * 37) % 260),
    size: 900 + ((id * 131) % 2_400),
    duplicates: id % 17 === 0 ? 1 : 0,
  })
}

/** The delivery of an event, with its attempts. */
export function madeUpDelivery(event: EventSummary): DeliveryDetail {
  const to = event.system === 'salesforce' ? 'connectwise' : 'salesforce'
  const failure = failures[to === 'connectwise' ? 1 : 0] ?? null
  const isDead = event.state === 'dead'
  const startedAt = event.receivedAt + 6
  const write = {
    purpose: 'write',
    method: 'PATCH',
    url:
      to === 'connectwise'
        ? 'https://cw.example.com/v4_6_release/apis/3.0/company/companies/12'
        : 'https://acme.my.salesforce.com/services/data/v62.0/sobjects/Case/500Dn00000Ab12QIAR',
    requestHeaders: { authorization: '(hidden)', 'content-type': 'application/json', clientid: '(hidden)' },
    requestBody:
      '[{"op":"replace","path":"phoneNumber","value":"+1 202 555 0143"},{"op":"replace","path":"website","value":"https://acme-dental.example"}]',
    status: isDead ? 400 : 200,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: isDead
      ? JSON.stringify({ code: failure?.code, message: failure?.sentence, errors: [{ field: failure?.field }] })
      : '{"id":12,"identifier":"ACMEDENTAL","name":"Acme Dental Group","_info":{"lastUpdated":"2025-06-03T09:14:22Z"}}',
    error: null,
    startedAt: startedAt + 66,
    durationMs: 118,
  }
  const before = {
    name: event.title,
    phoneNumber: '2025550143',
    website: null,
    city: 'Arlington',
    state: 'VA',
    zip: '22201',
  }
  const base = { deliveryId: event.id, mappingId: 'account-company', mappingVersion: 3 }
  return deliveryDetail.parse({
    id: event.id,
    eventId: event.id,
    routeId: to === 'connectwise' ? 'account-to-company' : 'ticket-to-case',
    connectionId: to,
    record: { system: event.system, entity: event.entity, id: event.recordId },
    title: event.title,
    state: isDead ? 'dead' : event.state === 'open' ? 'waiting' : event.state === 'skipped' ? 'skipped' : 'delivered',
    result: event.state === 'delivered' ? 'updated' : null,
    note: event.state === 'skipped' ? event.note : null,
    failure: isDead ? failure : null,
    destination: isDead
      ? null
      : {
          system: to,
          entity: to === 'connectwise' ? 'company' : 'Case',
          id: to === 'connectwise' ? '12' : '500Dn00000Ab12QIAR',
        },
    attemptCount: isDead ? 2 : 1,
    createdAt: event.receivedAt + 3,
    availableAt: event.receivedAt + 30_000,
    endedAt: event.endedAt,
    replayId: null,
    replayOf: null,
    replayedBy: null,
    lane: `${event.system}:${event.entity}:${event.recordId}`,
    idempotencyKey: `pb-${event.id}`,
    attempts: (isDead ? [1, 2] : [1]).map((number) => ({
      ...base,
      id: event.id * 10 + number,
      number,
      startedAt: startedAt + (number - 1) * 4_000,
      durationMs: 196,
      result: isDead ? 'failed' : 'succeeded',
      failure: isDead ? failure : null,
      sourceValues: {
        Id: event.recordId,
        Name: event.title,
        Phone: '(202) 555-0143',
        Website: 'acme-dental.example',
        BillingCity: 'Arlington',
        Owner: { Name: 'Dana Whitfield', IsActive: true },
        Tags__c: ['managed', 'gold'],
      },
      mappedValues: { ...before, phoneNumber: '+1 202 555 0143', website: 'https://acme-dental.example' },
      beforeValues: before,
      changes: [
        { field: 'phoneNumber', from: '2025550143', to: '+1 202 555 0143' },
        { field: 'website', from: null, to: 'https://acme-dental.example' },
      ],
      steps: [
        { step: 'refetch', durationMs: 31 },
        { step: 'map', durationMs: 2.4 },
        { step: 'look-up', durationMs: 12 },
        { step: 'compare', durationMs: 0.6 },
        { step: 'write', durationMs: 118 },
        { step: 'record', durationMs: 1.8 },
      ],
      exchanges: [
        {
          ...write,
          purpose: 'look-up',
          method: 'GET',
          requestBody: null,
          status: 200,
          responseBody: JSON.stringify(before),
          durationMs: 12,
          startedAt: startedAt + 40,
        },
        write,
      ],
    })),
  })
}

/** All that is known of an event. */
export function madeUpDetail(event: EventSummary): EventDetail {
  return {
    ...event,
    occurredAt: event.receivedAt - 320,
    actor: 'Dana Whitfield',
    version: new Date(event.receivedAt - 320).toISOString(),
    dedupeKeys: [
      `hookdeck:evt_${event.id}`,
      `${event.system}:${event.entity}:${event.recordId}:${event.receivedAt - 320}`,
    ],
    duplicateList:
      event.duplicates > 0
        ? [
            {
              receivedAt: event.receivedAt + 900,
              sourceId: event.sourceId,
              via: 'webhook',
              key: `hookdeck:evt_${event.id}`,
            },
          ]
        : [],
    headers: { 'content-type': 'application/json', 'user-agent': 'Hookdeck/1.0', 'x-hookdeck-signature': '(hidden)' },
    contentType: 'application/json',
    body: JSON.stringify({
      header: {
        changeType: 'UPDATE',
        entityName: event.entity,
        recordIds: [event.recordId],
        changedFields: ['Phone', 'Website'],
      },
      Name: event.title,
      Phone: '(202) 555-0143',
      Website: 'acme-dental.example',
    }),
    bodyTruncated: false,
    verifiedBy:
      event.system === 'salesforce' ? 'Hookdeck signature over the raw payload.' : 'ConnectWise callback key.',
    verifiedMs: 1,
    writtenMs: 2,
    routedAt: event.receivedAt + 3,
    deliveries: event.state === 'unmatched' ? [] : [madeUpDelivery(event)],
  }
}

/** How the made-up relay is. */
export function madeUpHealth(workspace: string, now: number, dead: number): Health {
  const bare = workspace === 'unconfigured'
  const part = { since: now - 5_400_000, reason: null, nextStep: null }
  return health.parse({
    state: bare ? 'unknown' : 'degraded',
    sentence: bare ? 'Nothing is set up yet.' : 'Events flow. Salesforce asked for a pause; 4 deliveries wait for it.',
    version: '0.1.0',
    workspace: workspace === 'unconfigured' || workspace === 'sandbox' ? workspace : 'live',
    startedAt: now - 5_400_000,
    receiverUrl: 'http://127.0.0.1:7420',
    sandbox:
      workspace === 'sandbox'
        ? {
            salesforceUrl: 'http://127.0.0.1:7431',
            connectwiseUrl: 'http://127.0.0.1:7432',
            sqlServer: { host: '127.0.0.1', port: 7433, database: 'cwwebapp', user: 'patchbay' },
          }
        : null,
    connections: bare
      ? []
      : [
          {
            ...part,
            id: 'salesforce',
            kind: 'salesforce',
            name: 'Salesforce production',
            state: 'degraded',
            reason: 'Salesforce answers, but asked for a pause until 14:05.',
            nextStep: 'Nothing to do: writing goes on by itself.',
            waiting: 4,
            heldUntil: now + 60_000,
            budget: { used: 81_240, limit: 100_000, countedBy: 'system', reached: 70, open: 'live', most: 90_000 },
          },
          {
            ...part,
            id: 'connectwise',
            kind: 'connectwise',
            name: 'ConnectWise',
            state: 'ok',
            waiting: 0,
            heldUntil: null,
            budget: null,
          },
        ],
    sources: bare
      ? []
      : [
          {
            ...part,
            id: 'salesforce-webhook',
            kind: 'salesforce-webhook',
            name: 'Salesforce through Hookdeck',
            state: 'ok',
            url: 'http://127.0.0.1:7420/hooks/salesforce-webhook',
            lastEventAt: now - 4_000,
            events: 18_422,
            rejections: 3,
          },
          {
            ...part,
            id: 'connectwise-callback',
            kind: 'connectwise-callback',
            name: 'ConnectWise callbacks',
            state: 'ok',
            url: 'http://127.0.0.1:7420/hooks/connectwise-callback',
            lastEventAt: now - 9_000,
            events: 6_207,
            rejections: 0,
          },
          {
            ...part,
            id: 'connectwise-sql',
            kind: 'connectwise-sql',
            name: 'ConnectWise SQL queue',
            state: 'down',
            reason: 'The login “patchbay” may not execute patchbay.lease.',
            nextStep: 'Run the script “install” again as a database owner.',
            url: null,
            lastEventAt: null,
            events: 0,
            rejections: 0,
          },
        ],
    queue: { pending: 2, leased: 3, waiting: 4, parked: 0, dead, oldestOpenAt: now - 31_000 },
    pauses: [],
  })
}
