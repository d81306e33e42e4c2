import type { IncomingHttpHeaders } from 'node:http'
import { createRedactor, type Redactor } from '#main/base/redactor.ts'
import type { Reason } from '#main/inbound/parse/reason.ts'
import type { Refusal } from '#shared/domain/arrival.ts'
import type { RejectionCode } from '#shared/domain/event.ts'
import { sourceId } from '#shared/domain/ids.ts'
import { redactText } from '#shared/logic/redact.ts'
import type { Answer } from './answer.ts'
import { tooLarge } from './door.ts'
import type { Door } from './door.ts'
import { refusedHeadersOf } from './kept-headers.ts'
import type { BodyRead } from './read-body.ts'
import type { Sender } from './sender.ts'

/** Characters of a refused body that are kept. */
const keptExcerpt = 4_096
/** Bytes of it that are looked at: enough for a secret that straddles the cut to be recognised, whatever a character takes. */
const readBytes = 8 * keptExcerpt

/** Reasons that lie with us: the sender did nothing wrong and should come back. */
const ours: ReadonlySet<RejectionCode> = new Set(['paused', 'not-stored', 'key-unavailable'])

/** Whether a reason counts against its sender. A request that is merely too fast doesn't, or the door would never open again. */
export function isSendersFault(reason: Reason): boolean {
  return !ours.has(reason.code) && reason.code !== 'too-fast'
}

/**
 * The answer to a refused request. What the sender should try again gets a `Retry-After`, and 429 instead of 503 at ConnectWise's
 * door: ConnectWise comes back after 404, 409, 419 and 429 and drops the event on everything else.
 */
export function answerTo(reason: Reason, door: Door | null, last: boolean): Answer {
  // What went wrong inside is for the technician's eyes alone.
  const sentence = ours.has(reason.code)
    ? 'Patchbay can not take events right now; send them again later.'
    : reason.sentence
  const status = ours.has(reason.code) ? (door?.system === 'connectwise' ? 429 : 503) : reason.status
  const headers = ours.has(reason.code)
    ? ['retry-after', '10']
    : status === 429
      ? ['retry-after', '1']
      : status === 405
        ? ['allow', 'POST']
        : []
  const text = JSON.stringify({ error: { code: reason.code, sentence } })
  return { status, contentType: 'application/json', text, headers, last }
}

/** The refused request, as it was when it was refused. */
export interface RefusedRequest {
  readonly receivedAt: number
  readonly sourceName: string
  readonly headers: IncomingHttpHeaders
  readonly sender: Sender
  readonly door: Door | null
}

/**
 * What is kept of a refused request. `body` is what was read of it, null when nothing was. Names that can't be a source's, and those of
 * a flood, stand as `unknown`, so that made-up ones can't fill the list.
 */
export function describeRefusal(request: RefusedRequest, reason: Reason, body: Buffer | null): Refusal {
  const { door, sender } = request
  const source = door?.source
  const redactor = createRedactor(Object.values(door?.secrets ?? {}))
  const signatureHeader = source?.kind === 'salesforce-webhook' ? source.settings.hmacHeader.toLowerCase() : null
  const isName = door !== null || (reason.code !== 'too-fast' && sourceId.safeParse(request.sourceName).success)
  return {
    sourceId: isName ? request.sourceName : 'unknown',
    receivedAt: request.receivedAt,
    status: reason.status,
    code: reason.code,
    sentence: reason.sentence,
    remoteAddress: sender.counted === '' ? null : sender.counted,
    headers: refusedHeadersOf(request.headers, redactor, signatureHeader),
    excerpt: body === null ? '' : excerptOf(body, redactor),
    size: Math.max(body?.length ?? 0, Number(request.headers['content-length'] ?? 0)),
  }
}

/** Why a body that was not read to its end is refused. */
export function unfinished(kind: Exclude<BodyRead['kind'], 'whole' | 'gone'>, door: Door, timeoutMs: number): Reason {
  if (kind === 'too-large') return tooLarge(door.maxBytes)
  if (kind === 'too-slow') {
    return {
      status: 408,
      code: 'too-slow',
      sentence: `The body did not come in whole within ${timeoutMs / 1_000} seconds.`,
    }
  }
  return {
    status: 429,
    code: 'too-fast',
    sentence: 'Too many large requests came at once; their senders were asked to come back.',
  }
}

/** The beginning of a body as text, without secrets: the known ones, and others by the names they usually have. */
export function excerptOf(body: Buffer, redactor: Redactor): string {
  const text = body.toString('utf8', 0, readBytes)
  return redactText(redactor.beginning(text, keptExcerpt)).slice(0, keptExcerpt)
}
