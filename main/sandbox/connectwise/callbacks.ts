import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { openOutbox } from '#main/sandbox/world/outbox.ts'
import type { Outbox } from '#main/sandbox/world/outbox.ts'
import type { Doc, World } from '#main/sandbox/world/world.ts'
import type { ConnectWiseChange } from './manage.ts'

/** ConnectWise waits this long for a callback's answer, and asks again only after these statuses. */
const timeoutMs = 5_000
const retriedStatuses = [404, 409, 419, 429]
const waits = [2_000, 4_000]

/** Levels that each announced type knows; another one is refused. */
export const callbackLevels: Readonly<Record<string, readonly string[]>> = {
  company: ['owner', 'status', 'type', 'territory', 'company'],
  contact: ['owner', 'type', 'territory', 'company', 'contact'],
  opportunity: ['owner', 'statusid', 'company', 'opportunity'],
  ticket: ['owner', 'board', 'project', 'phase', 'status', 'ticket'],
}

/**
 * Signs a callback as ConnectWise does: base64 HMAC-SHA256 of the raw body, with the SHA-256 of the signing key, as raw
 * bytes, for key.
 */
export function callbackSignature(signingKey: string, body: string): string {
  const key = createHash('sha256').update(signingKey, 'utf8').digest()
  return createHmac('sha256', key).update(body, 'utf8').digest('base64')
}

/** Opens the way by which callbacks leave ConnectWise; what is not taken in three tries is lost. */
export function openCallbackOutbox(world: World): Outbox {
  return openOutbox(world, {
    channel: 'callback',
    timeoutMs,
    attemptHeaders: () => ({}),
    retryAfter: (status, attempts) => {
      if (status === null || !retriedStatuses.includes(status)) return null
      return waits[attempts - 1] ?? null
    },
  })
}

/** Whether a registered callback wants to hear of a change. */
function wants(callback: Doc, change: ConnectWiseChange): boolean {
  if (callback['inactiveFlag'] === true || callback['type'] !== change.entity) return false
  const creator = (callback['_info'] as Doc | undefined)?.['enteredBy']
  if (callback['isSelfSuppressedFlag'] === true && creator === change.by.member) return false
  const { level, objectId } = callback
  if (level === 'owner') return true
  if (level === change.entity) return change.id === objectId
  const reference = change.doc[level === 'statusid' ? 'status' : String(level)]
  return typeof reference === 'object' && reference !== null && (reference as Doc)['id'] === objectId
}

/** What a callback says of the site it comes from. */
export interface CallbackFacts extends Pick<SandboxAddresses, 'connectwise'> {
  readonly url: () => string
}

/** Puts the callbacks for a change into the outbox. `callbacks` are all that are registered. */
export function announceCallbacks(
  facts: CallbackFacts,
  outbox: Outbox,
  callbacks: readonly Doc[],
  change: ConnectWiseChange,
): void {
  for (const callback of callbacks) {
    if (!wants(callback, change)) continue
    const url = `${String(callback['url'])}${change.id}&action=${change.action}`
    const body = JSON.stringify(callbackBody(facts, callback, change, url))
    const signature = callbackSignature(String(callback['signingKey']), body)
    outbox.add({ id: randomUUID(), url, body, headers: { 'x-content-signature': signature } })
  }
}

function callbackBody(facts: CallbackFacts, callback: Doc, change: ConnectWiseChange, url: string): unknown {
  const { companyId } = facts.connectwise
  const keyQuery = new URLSearchParams({ companyName: companyId, id: String(callback['id']) })
  return {
    Action: change.action,
    CallbackObjectRecId: callback['objectId'],
    CompanyId: companyId,
    Entity: change.action === 'deleted' ? null : JSON.stringify(summary(change.doc)),
    FromUrl: url,
    ID: change.id,
    MemberId: change.by.member,
    MessageId: randomUUID(),
    Metadata: { key_url: `${facts.url()}/v4_6_release/system/callbackkey/index.rails?${keyQuery.toString()}` },
    PartnerId: null,
    ProductInstanceId: null,
    Type: change.entity,
  }
}

const leftOut = new Set([
  'communicationItems',
  'customFields',
  'initialDescription',
  'initialInternalAnalysis',
  'initialResolution',
])

/** The record in short: nothing empty, no lists of items. */
function summary(doc: Doc): Doc {
  const kept = Object.entries(doc).filter(([name, value]) => value !== null && !leftOut.has(name))
  return Object.fromEntries(kept)
}
