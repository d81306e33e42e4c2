import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import { ensureCallbacks, type CallbackReport } from '#main/connectors/connectwise/callbacks.ts'
import { createConnectwiseClient, type ConnectwiseClient } from '#main/connectors/connectwise/client.ts'
import { entities } from '#main/connectors/connectwise/entities.ts'
import type { CallContext } from '#main/connectors/connector.ts'
import { failed, type Failure, type Result } from '#shared/domain/failure.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Source, SourceOf } from '#shared/domain/source.ts'
import type { Configuration } from './configuration.ts'

export interface CallbacksPorts {
  readonly configuration: Configuration
  readonly clock: Clock
  readonly logger: Logger
  /** One more call was made to a connection. */
  readonly onCall: (id: ConnectionId) => void
  /** A source's state has changed. */
  readonly onChange: () => void
}

/** ConnectWise switches a callback off after days of failed deliveries; a look each day finds that. */
const dailyMs = 24 * 3_600_000
const afterFailureMs = 10 * 60_000
/** Longest that one look may take (ms). */
const boundMs = 60_000

/** Keeps Patchbay's callbacks registered in ConnectWise, for each source that says at which address it can be reached. */
export class Callbacks {
  readonly #ports: CallbacksPorts
  readonly #stop = new AbortController()
  readonly #timers = new Map<SourceId, NodeJS.Timeout>()
  readonly #health = new Map<SourceId, ComponentHealth>()
  readonly #looked = new Set<SourceId>()
  /** Where each source's callbacks were registered last, so that they can be taken away when it moves. */
  readonly #registeredAt = new Map<SourceId, string>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(ports: CallbacksPorts) {
    this.#ports = ports
  }

  /** Looks at a source's callbacks soon, without being waited for; to be called at the start and when the source was saved. */
  look(id: SourceId): void {
    void this.ensure(id).catch((error: unknown) => {
      this.#ports.logger.error({ err: toError(error), source: id }, 'callbacks could not be looked after')
    })
  }

  /** Looks at the callbacks now, mends them, and answers what was done; null when the source wants none kept. */
  ensure(id: SourceId): Promise<Result<CallbackReport> | null> {
    // One after the other: two at once would both add what is missing.
    const turn = this.#last.then(() => this.#ensure(id))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** What is wrong with a source's callbacks; null when nothing is known to be. */
  healthOf(id: SourceId): ComponentHealth | null {
    return this.#health.get(id) ?? null
  }

  /** Whether a source's callbacks are kept, and were not looked at since the start. */
  isAwaited(id: SourceId): boolean {
    const source = this.#ports.configuration.sources.get(id)?.value
    return isKept(source) && source.settings.publicUrl !== undefined && !this.#looked.has(id)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#last
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  async #ensure(id: SourceId): Promise<Result<CallbackReport> | null> {
    clearTimeout(this.#timers.get(id))
    if (this.#stop.signal.aborted) return null
    const source = this.#ports.configuration.sources.get(id)?.value
    const result = isKept(source) ? await this.#bring(source) : null
    if (this.#stop.signal.aborted) return result
    this.#looked.add(id)
    const health = result === null ? null : healthAfter(result, this.#ports.clock.now())
    if (health !== null) this.#ports.logger.warn({ source: id, ...result }, 'callbacks were not as they should be')
    this.#show(id, health)
    if (result === null) return null
    this.#timers.set(id, setTimeout(() => this.look(id), result.ok ? dailyMs : afterFailureMs).unref())
    return result
  }

  async #bring(source: SourceOf<'connectwise-callback'>): Promise<Result<CallbackReport> | null> {
    const { connectionId, publicUrl } = source.settings
    const url = publicUrl === undefined ? null : plainAddress(publicUrl)
    const before = this.#registeredAt.get(source.id)
    const hasMoved = before !== undefined && before !== url
    if (url === null && !hasMoved) return null
    const connection = this.#ports.configuration.connections.get(connectionId)
    if (connection?.value.kind !== 'connectwise') return failed(noConnection)
    const client = createConnectwiseClient({
      settings: connection.value.settings,
      secrets: { privateKey: connection.secrets['privateKey'] ?? '' },
      clock: this.#ports.clock,
    })
    try {
      const result = url === null ? null : await this.#register(client, connectionId, url, Object.keys(entities))
      if (result?.ok === false) return result
      const removed = hasMoved ? await this.#register(client, connectionId, before, []) : null
      if (removed?.ok === false) return removed
      if (url === null) this.#registeredAt.delete(source.id)
      else this.#registeredAt.set(source.id, url)
      return result
    } finally {
      await client.close()
    }
  }

  #register(
    client: ConnectwiseClient,
    id: ConnectionId,
    url: string,
    wanted: readonly string[],
  ): Promise<Result<CallbackReport>> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(boundMs)])
    const context: CallContext = { purpose: 'write', signal, record: () => this.#ports.onCall(id) }
    return ensureCallbacks(client, { url, entities: wanted }, context)
  }

  #show(id: SourceId, health: ComponentHealth | null): void {
    const before = this.#health.get(id)
    if (before?.reason === health?.reason) return
    if (health === null) this.#health.delete(id)
    else this.#health.set(id, health)
    this.#ports.onChange()
  }
}

function isKept(source: Source | undefined): source is SourceOf<'connectwise-callback'> {
  return source?.kind === 'connectwise-callback' && source.enabled
}

const noConnection: Failure = {
  class: 'permanent',
  stage: 'receive',
  code: 'no-connection',
  sentence: 'The source names no ConnectWise connection, so its callbacks can not be registered.',
  fix: 'Choose the ConnectWise connection in the settings of the source.',
}

/** ConnectWise appends `?recordId=` and more, so an address is registered without a query of its own. */
function plainAddress(publicUrl: string): string {
  const { origin, pathname } = new URL(publicUrl)
  return origin + pathname.replace(/\/+$/, '')
}

function healthAfter(result: Result<CallbackReport>, now: number): ComponentHealth | null {
  if (!result.ok) {
    const { sentence, fix } = result.failure
    const nextStep = fix ?? 'Nothing to do: Patchbay tries again in ten minutes.'
    return { state: 'degraded', since: now, reason: `The callbacks could not be checked. ${sentence}`, nextStep }
  }
  const { enabledAgain } = result.value
  if (enabledAgain.length === 0) return null
  return {
    state: 'degraded',
    since: now,
    reason: `ConnectWise had switched off its callbacks for ${enabledAgain.join(', ')}; Patchbay switched them on again.`,
    nextStep:
      'What was changed in ConnectWise meanwhile did not arrive: save those records once more, then test the source.',
  }
}
