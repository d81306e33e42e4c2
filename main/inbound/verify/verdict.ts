import type { IncomingHttpHeaders } from 'node:http'
import type { Checked } from '#main/inbound/parse/reason.ts'

/** A request as the verifiers see it: all of it untrusted. */
export interface Unverified {
  readonly headers: IncomingHttpHeaders
  /** The body exactly as it was sent, before any decompression: what the sender signed. */
  readonly raw: Buffer
  readonly query: URLSearchParams
  /** The body without its `content-encoding`, for a verifier that has to look into it. */
  readonly unpacked: () => Promise<Checked<Buffer>> | Checked<Buffer>
}

/** What convinced us of the sender. */
export interface Verdict {
  /** In words, as it is shown: "Hookdeck signature". */
  readonly by: string
  /** Hookdeck's id of the event, when its signature vouches for the sender; the same over all its retries. */
  readonly hookdeckId: string | null
  /** Good for an Outbound Message of the configured organisation only, which can't be signed. */
  readonly outboundMessageOnly: boolean
}

/** Decides whether a request comes from who it says. */
export type Verifier = (request: Unverified) => Checked<Verdict> | Promise<Checked<Verdict>>
