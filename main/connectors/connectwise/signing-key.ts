import * as z from 'zod'
import type { Clock } from '#main/base/clock.ts'
import { createRedactor } from '#main/base/redactor.ts'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import { createHttpClient, type HttpClient } from '../http/http-client.ts'
import { parseJson } from './refusal.ts'

/** The keys with which ConnectWise signs its callbacks. */
export interface SigningKeys {
  /**
   * The key behind `keyUrl` as UTF-8 bytes. `fresh` asks ConnectWise again, at most once a minute for each address; in between the
   * answer is what is kept. `keyUrl` comes from a body that nobody has vouched for yet, so only the connection's own origin is asked.
   */
  keyFor(keyUrl: string, options?: { readonly fresh?: boolean }): Promise<Result<Buffer>>
  close(): Promise<void>
}

const keptMs = 3_600_000
const freshAgainMs = 60_000
/** How long a failed fetch is answered from memory, so that a flood of requests does not become a flood of fetches. */
const failureKeptMs = 5_000
const timeoutMs = 2_000
const maxBodyBytes = 16_384
/** ConnectWise has one key address for each company; more come only from someone who makes them up. */
const mostKept = 32

const keyBody = z.object({ signing_key: z.string().min(1) })

interface Kept {
  readonly result: Result<Buffer>
  readonly fetchedAt: number
}

/** `baseUrl` is the connection's own. */
export function createSigningKeys({
  baseUrl,
  clock,
}: {
  readonly baseUrl: string
  readonly clock: Clock
}): SigningKeys {
  const redactor = createRedactor([])
  const http = createHttpClient({ clock, redactor, timeoutMs, maxBodyBytes })
  const kept = new Map<string, Kept>()
  const running = new Map<string, Promise<Result<Buffer>>>()

  async function refresh(url: string): Promise<Result<Buffer>> {
    try {
      const result = await fetchKey(http, url)
      const before = kept.get(url)
      kept.delete(url)
      // A key that is known outlives a moment in which ConnectWise does not answer.
      const worthKeeping = !result.ok && before?.result.ok ? before.result : result
      kept.set(url, { result: worthKeeping, fetchedAt: clock.monotonic() })
      const oldest = kept.keys().next().value
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      return worthKeeping
    } finally {
      running.delete(url)
    }
  }

  return {
    async keyFor(keyUrl, { fresh = false } = {}) {
      const url = pin(keyUrl, baseUrl)
      if (url === null) return failed(notPinned(baseUrl))
      const known = kept.get(url)
      const goodForMs = known?.result.ok ? (fresh ? freshAgainMs : keptMs) : failureKeptMs
      if (known !== undefined && clock.monotonic() - known.fetchedAt < goodForMs) return known.result
      let fetching = running.get(url)
      if (fetching === undefined) {
        fetching = refresh(url)
        running.set(url, fetching)
      }
      return fetching
    },
    close: http.close,
  }
}

/** The address to fetch, or null when it is not at the connection's own scheme, host and port. Plain HTTP only on loopback. */
function pin(keyUrl: string, baseUrl: string): string | null {
  if (!URL.canParse(keyUrl) || !URL.canParse(baseUrl)) return null
  const url = new URL(keyUrl)
  const base = new URL(baseUrl)
  const isSafe = base.protocol === 'https:' || (base.protocol === 'http:' && isLoopback(base.hostname))
  if (!isSafe || url.origin !== base.origin || url.username !== '' || url.password !== '') return null
  url.hash = ''
  return url.href
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

async function fetchKey(http: HttpClient, url: string): Promise<Result<Buffer>> {
  const asked = { method: 'GET', url, headers: { accept: 'application/json' }, body: null } as const
  const signal = new AbortController().signal
  const outcome = await http.send(asked, { purpose: 'look-up', signal, record: () => undefined })
  if (!outcome.answered) return failed(notFetched(outcome.detail))
  const body = keyBody.safeParse(parseJson(outcome.body))
  if (outcome.status !== 200 || !body.success) return failed(notFetched(`HTTP status ${outcome.status}`))
  return ok(Buffer.from(body.data.signing_key, 'utf8'))
}

function notPinned(baseUrl: string): Failure {
  return {
    class: 'permanent',
    stage: 'verify',
    code: 'KEY_URL_NOT_PINNED',
    sentence: `The callback names a key address that is not at ${baseUrl}, so it was not asked.`,
    fix: "If ConnectWise itself sent this, set the connection's base address to the host that the callback names.",
  }
}

function notFetched(detail: string): Failure {
  return {
    class: 'transient',
    stage: 'verify',
    code: 'KEY_UNAVAILABLE',
    sentence: `The key to check the callback's signature could not be fetched from ConnectWise (${detail}).`,
  }
}
