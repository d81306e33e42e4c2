import { createHmac, randomUUID } from 'node:crypto'
import { openOutbox } from '#main/sandbox/world/outbox.ts'
import type { Outbox } from '#main/sandbox/world/outbox.ts'
import type { World } from '#main/sandbox/world/world.ts'
import type { SalesforceChange } from './org.ts'

/** Retries of the simulated Hookdeck connection: exponential, for as long as it takes. */
const firstRetryMs = 300
const lastRetryMs = 10_000
const timeoutMs = 30_000

/** Signs a body as Hookdeck does: base64 HMAC-SHA256 of the raw bytes with the project's signing secret. */
export function hookdeckSignature(signingSecret: string, body: string): string {
  return createHmac('sha256', signingSecret).update(body, 'utf8').digest('base64')
}

/** Opens the way by which change events leave Salesforce: through Hookdeck to `/hooks/salesforce` of the receiver. */
export function openChangeEvents(world: World): Outbox {
  return openOutbox(world, {
    channel: 'hookdeck',
    timeoutMs,
    attemptHeaders: (letter) => ({
      'x-hookdeck-attempt-count': String(letter.attempts + 1),
      'x-hookdeck-attempt-trigger': letter.attempts === 0 ? 'INITIAL' : 'AUTOMATIC',
    }),
    retryAfter: (_, attempts) => Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 10)),
  })
}

function hookdeckHeaders(signingSecret: string, id: string, body: string): Record<string, string> {
  return {
    'user-agent': 'Hookdeck/1.0',
    'x-hookdeck-eventid': id,
    'idempotency-key': id,
    'x-hookdeck-requestid': id.replace('evt_', 'req_'),
    'x-hookdeck-source-name': 'salesforce',
    'x-hookdeck-destination-name': 'patchbay',
    'x-hookdeck-connection-name': 'salesforce-patchbay',
    'x-hookdeck-verified': 'true',
    'x-hookdeck-signature': hookdeckSignature(signingSecret, body),
  }
}

/** Puts a change into the outbox in the shape of a Change Data Capture event: header, then the changed fields. */
export function announceChange(world: World, outbox: Outbox, signingSecret: string, change: SalesforceChange): void {
  const { doc, kind } = change
  const changed = change.changed.filter((name) => name !== 'Id' && name !== 'IsDeleted' && name !== 'SystemModstamp')
  const event = {
    ChangeEventHeader: {
      entityName: change.entity,
      recordIds: [change.id],
      changeType: kind,
      changedFields: kind === 'UPDATE' ? changed : [],
      nulledFields: kind === 'UPDATE' ? changed.filter((name) => doc[name] === null) : [],
      diffFields: [],
      changeOrigin: change.writer.origin,
      transactionKey: randomUUID(),
      sequenceNumber: 1,
      commitTimestamp: change.at,
      commitUser: change.writer.userId,
      commitNumber: world.nextNumber('salesforce.commit', 11_000_000),
    },
    ...Object.fromEntries(changed.map((name) => [name, doc[name]])),
  }
  const id = `evt_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  const body = JSON.stringify(event)
  outbox.add({ id, url: '/hooks/salesforce', body, headers: hookdeckHeaders(signingSecret, id, body) })
}
