import type { IncomingHttpHeaders } from 'node:http'
import { dedupeKeys } from '#main/inbound/parse/dedupe-keys.ts'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import type { Verdict } from '#main/inbound/verify/verdict.ts'
import type { Arrival } from '#shared/domain/arrival.ts'
import type { Door } from './door.ts'
import { usefulHeadersOf } from './kept-headers.ts'

/** What the journal gets of a request that passed. */
export function toArrival(
  request: Required<Pick<Arrival, 'receivedAt' | 'elapsedMs' | 'verifiedMs'>> & {
    readonly headers: IncomingHttpHeaders
  },
  door: Door,
  verdict: Verdict,
  body: ParsedBody,
): Arrival {
  const { elapsedMs, headers, receivedAt, verifiedMs } = request
  const sourceId = door.source.id
  return {
    sourceId,
    system: door.system,
    via: 'webhook',
    receivedAt,
    elapsedMs,
    verifiedMs,
    contentType: headers['content-type'] ?? '',
    headers: usefulHeadersOf(headers),
    verifiedBy: verdict.by,
    items: body.items.map((item, index) => ({
      content: item.content,
      body: item.body,
      dedupeKeys: dedupeKeys(item, sourceId, verdict.hookdeckId, index, receivedAt),
    })),
  }
}
