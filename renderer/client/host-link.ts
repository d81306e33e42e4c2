import type { ClientContext, ClientLink } from '@orpc/client'

/** An open way to the host, whichever transport it is. */
export interface HostLink {
  readonly link: ClientLink<ClientContext>
  /** Resolves when the way has broken off or was closed. */
  readonly closed: Promise<void>
  close(): void
}

/** Opens a way to the host. Rejects when that fails: with a HostRefusal when trying again can't help. */
export type ConnectHost = (signal: AbortSignal) => Promise<HostLink>

/** The host is there and will not have us; the message says what to do. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal'
}

/** The host can't be reached at the moment. */
export class HostUnreachable extends Error {
  override readonly name = 'HostUnreachable'

  constructor() {
    super('Patchbay can’t be reached at the moment. Nothing was done.')
  }
}
