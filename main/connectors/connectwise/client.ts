import type { Clock } from '#main/base/clock.ts'
import { createRedactor } from '#main/base/redactor.ts'
import type { ConnectwiseSettings } from '#shared/domain/connection.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { Json } from '#shared/domain/record.ts'
import type { CallContext } from '../connector.ts'
import { createHttpClient, type HttpAnswer, type HttpRequest } from '../http/http-client.ts'
import { explainNoAnswer } from '../http/http-failures.ts'
import type { Subject } from '../rule-book.ts'
import { explainRefusal, parseJson } from './refusal.ts'

export interface ConnectwiseSecrets {
  readonly privateKey: string
}

export interface ConnectwiseClientOptions {
  readonly settings: ConnectwiseSettings
  readonly secrets: ConnectwiseSecrets
  readonly clock: Clock
}

/** Query parameters of ConnectWise, see conditions.ts for the language. */
export interface Query {
  readonly conditions?: string
  readonly childConditions?: string
  readonly customFieldConditions?: string
  readonly fields?: string
  readonly pageSize?: string
  readonly pageId?: string
}

export interface Answer extends HttpAnswer {
  readonly json: Json
}

export interface ClientRequest {
  readonly method: HttpRequest['method']
  /** Below `/apis/3.0`. */
  readonly path: string
  readonly query?: Query
  readonly body?: Json
}

/** The REST API of ConnectWise PSA. */
export interface ConnectwiseClient {
  /** Any answer is a success, so that the caller can tell a missing record from a refusal. */
  ask(request: ClientRequest, subject: Subject, context: CallContext): Promise<Result<HttpAnswer>>
  /** Only a 2xx is a success; `json` is null for an empty body. */
  need(request: ClientRequest, subject: Subject, context: CallContext): Promise<Result<Answer>>
  /** Everything that fits, over all pages, up to `most` items. */
  list(
    path: string,
    query: Query,
    most: number,
    subject: Subject,
    context: CallContext,
  ): Promise<Result<readonly Json[]>>
  close(): Promise<void>
}

/** A thin client: Basic authentication of the API member, the integration's client id, a pinned model version, no redirects. */
export function createConnectwiseClient({ settings, secrets, clock }: ConnectwiseClientOptions): ConnectwiseClient {
  const credentials = Buffer.from(`${settings.companyId}+${settings.publicKey}:${secrets.privateKey}`).toString(
    'base64',
  )
  const redactor = createRedactor([secrets.privateKey, credentials])
  const http = createHttpClient({ clock, redactor, timeoutMs: settings.timeoutMs })
  const base = `${settings.baseUrl.replace(/\/+$/, '')}/apis/3.0`
  const headers = {
    authorization: `Basic ${credentials}`,
    clientid: settings.clientId,
    accept: `application/vnd.connectwise.com+json; version=${settings.apiVersion}`,
    'user-agent': 'Patchbay',
  }

  async function ask(request: ClientRequest, subject: Subject, context: CallContext): Promise<Result<HttpAnswer>> {
    const hasBody = request.body !== undefined
    const outcome = await http.send(
      {
        method: request.method,
        url: base + request.path + toSearch(request.query ?? {}),
        headers: {
          ...headers,
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
          ...(request.query?.pageSize === undefined ? {} : { 'pagination-type': 'forward-only' }),
        },
        body: hasBody ? JSON.stringify(request.body) : null,
      },
      context,
    )
    return outcome.answered ? ok(outcome) : failed(explainNoAnswer(outcome, 'ConnectWise', subject))
  }

  async function need(request: ClientRequest, subject: Subject, context: CallContext): Promise<Result<Answer>> {
    const asked = await ask(request, subject, context)
    if (!asked.ok) return asked
    const { status, body } = asked.value
    const json = body === '' ? null : parseJson(body)
    const isGood = status >= 200 && status < 300 && json !== undefined
    return isGood ? ok({ ...asked.value, json }) : failed(explainRefusal(asked.value, subject, clock.now()))
  }

  async function list(
    path: string,
    query: Query,
    most: number,
    subject: Subject,
    context: CallContext,
  ): Promise<Result<readonly Json[]>> {
    const items: Json[] = []
    let pageId: string | null = null
    do {
      const pageSize = String(Math.min(1_000, most))
      const page: Result<Answer> = await need(
        { method: 'GET', path, query: { ...query, pageSize, ...(pageId === null ? {} : { pageId }) } },
        subject,
        context,
      )
      if (!page.ok) return page
      if (Array.isArray(page.value.json)) items.push(...page.value.json)
      pageId = nextPageId(page.value.headers['link'])
    } while (pageId !== null && items.length < most)
    return ok(items.slice(0, most))
  }

  return { ask, need, list, close: http.close }
}

function toSearch(query: Query): string {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Only the page's id is taken from the link; its address could be the server's inner one. */
function nextPageId(link: string | undefined): string | null {
  const next = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(link ?? '')?.[1]
  return /[?&]pageId=(\d+)/i.exec(next ?? '')?.[1] ?? null
}
