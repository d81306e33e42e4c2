import type { IncomingMessage } from 'node:http'
import type { Clock } from '#main/base/clock.ts'
import { connectwiseItems, salesforceItems } from '#main/inbound/parse/parse-body.ts'
import type { ItemParser } from '#main/inbound/parse/parse-body.ts'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import type { Reason } from '#main/inbound/parse/reason.ts'
import type { ConfiguredSource, WebhookSource } from '#main/inbound/verify/configured-source.ts'
import { connectwiseVerifier } from '#main/inbound/verify/connectwise.ts'
import type { SigningKeySource } from '#main/inbound/verify/connectwise.ts'
import { checkOrganization, salesforceVerifier } from '#main/inbound/verify/salesforce.ts'
import type { Verdict, Verifier } from '#main/inbound/verify/verdict.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { allowList } from './sender.ts'
import type { Sender } from './sender.ts'
import { TokenBuckets } from './token-buckets.ts'

/** A callback's body is parsed before it is verified, to find its key; it carries one record's summary and is never large. */
const maxCallbackBytes = 1024 * 1024

/** The way in to one source, with everything that can be made ready before a request comes. */
export interface Door {
  readonly source: WebhookSource
  readonly secrets: Readonly<Record<string, string>>
  readonly system: SystemName
  /** Of the body as sent, and again of what it unpacks to. */
  readonly maxBytes: number
  readonly verify: Verifier
  itemParser(query: URLSearchParams): ItemParser
  /** What verification could not say before parsing; null when all is well. */
  check(verdict: Verdict, body: ParsedBody): Reason | null
  /** Why a request is turned away before its body is read; null when it may come in. Counts it against the sender's rate. */
  turnAway(request: IncomingMessage, sender: Sender): Reason | null
  /** Counts a request that was refused through its sender's fault. */
  countRefused(sender: Sender): void
}

/** Makes the door of a source; null when the source has none, as it is polled. */
export function createDoor(configured: ConfiguredSource, signingKey: SigningKeySource, clock: Clock): Door | null {
  const { source, secrets, ownMark, paused } = configured
  if (source.kind === 'connectwise-sql') return null
  const guard = createGuard(source, paused ?? null, clock)
  if (source.kind === 'salesforce-webhook') {
    const parser = salesforceItems(ownMark)
    return {
      ...guard,
      secrets,
      system: 'salesforce',
      verify: salesforceVerifier(source, secrets),
      itemParser: () => parser,
      check: (verdict, body) => checkOrganization(source, verdict, body),
    }
  }
  return {
    ...guard,
    secrets,
    system: 'connectwise',
    verify: connectwiseVerifier(source, signingKey),
    itemParser: (query) => connectwiseItems(query, ownMark),
    check: () => null,
  }
}

type Guard = Pick<Door, 'source' | 'maxBytes' | 'turnAway' | 'countRefused'>

function createGuard(source: WebhookSource, paused: string | null, clock: Clock): Guard {
  const { allow, maxPerSecond, maxRefusedPerSecond } = source.settings
  const allows = allowList(allow)
  const requests = new TokenBuckets(maxPerSecond)
  const refusals = new TokenBuckets(maxRefusedPerSecond)
  const maxBytes =
    source.kind === 'connectwise-callback'
      ? Math.min(source.settings.maxBytes, maxCallbackBytes)
      : source.settings.maxBytes
  return {
    source,
    maxBytes,
    countRefused: (sender) => void refusals.take(sender.counted, clock.monotonic()),
    turnAway(request, sender) {
      if (request.method !== 'POST') {
        return {
          status: 405,
          code: 'bad-shape',
          sentence: `Events are sent with POST; this request was a ${request.method}.`,
        }
      }
      if (!source.enabled) {
        return { status: 503, code: 'paused', sentence: `The source "${source.name}" is switched off.` }
      }
      if (paused !== null) {
        return { status: 503, code: 'paused', sentence: `The source "${source.name}" is paused: ${paused}` }
      }
      if (!allows(sender.peer)) {
        return {
          status: 403,
          code: 'address',
          sentence: `The address ${sender.peer ?? '(gone)'} is not on the source's list of addresses that may send.`,
        }
      }
      const now = clock.monotonic()
      if (refusals.isEmpty(sender.counted, now)) {
        return {
          status: 429,
          code: 'too-fast',
          sentence: `Too many requests of ${sender.counted} were refused; further ones are turned away unread for a moment.`,
        }
      }
      if (!requests.take(sender.counted, now)) {
        return {
          status: 429,
          code: 'too-fast',
          sentence: `${sender.counted} sends more than ${maxPerSecond} requests a second.`,
        }
      }
      return Number(request.headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null
    },
  }
}

export function tooLarge(maxBytes: number): Reason {
  return {
    status: 413,
    code: 'too-large',
    sentence: `The body is larger than the ${maxBytes.toLocaleString('en')} bytes that this source takes.`,
  }
}
