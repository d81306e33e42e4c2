import type { WebAnswer, WebRequest } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import type { ChangedBy, Manage } from './manage.ts'

/** A request to the REST API of a member who has signed in. */
export interface RestCall {
  readonly manage: Manage
  readonly request: WebRequest
  /** The path under `/apis/3.0`. */
  readonly path: readonly string[]
  readonly by: ChangedBy
  /** `http://host:port`, for links. */
  readonly base: string
  /** Looks at a callback before it is registered; null when it may be. */
  readonly refuseCallback: (sent: Doc) => WebAnswer | null
}

/** The JSON body of a request, or null. */
export function readBody(text: string): Doc | null {
  try {
    const body = JSON.parse(text) as unknown
    return typeof body === 'object' ? (body as Doc | null) : null
  } catch {
    return null
  }
}
