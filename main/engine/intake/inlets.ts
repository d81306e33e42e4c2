import type { Clock } from '#main/base/clock.ts'
import type { Logger } from '#main/base/logger.ts'
import { createSigningKeys, type SigningKeys } from '#main/connectors/connectwise/signing-key.ts'
import { createQueuePoller, type QueuePoller } from '#main/inbound/poll/queue-poller.ts'
import type { ReceiverPorts } from '#main/inbound/receive/receiver.ts'
import type { ConfiguredSource } from '#main/inbound/verify/configured-source.ts'
import type { Journal } from '#main/journal/journal.ts'
import { failed, type Result } from '#shared/domain/failure.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Source } from '#shared/domain/source.ts'
import type { Configuration, WithSecrets } from '../configure/configuration.ts'
import type { Pauses } from '../pauses.ts'

export interface InletsPorts {
  readonly configuration: Configuration
  readonly pauses: Pauses
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
  /** A source's state has changed. */
  readonly onChange: () => void
}

interface PolledSource {
  readonly configured: WithSecrets<Source>
  readonly poller: QueuePoller
  health: ComponentHealth
}

/** The ways in: what the receiver has to know of the webhook sources, and a poller for each polled one. */
export class Inlets {
  readonly #ports: InletsPorts
  readonly #keys = new Map<ConnectionId, { readonly baseUrl: string; readonly keys: SigningKeys }>()
  #polled = new Map<string, PolledSource>()
  #doors: ReadonlyMap<string, ConfiguredSource> = new Map()
  #reloading: Promise<void> = Promise.resolve()

  constructor(ports: InletsPorts) {
    this.#ports = ports
    this.#doors = this.#readDoors()
  }

  async start(): Promise<void> {
    await this.reload()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#polled.values()].map((one) => one.poller.stop()))
    this.#polled = new Map()
  }

  /** Takes over a changed configuration: doors at once, pollers by stopping the old ones and starting the new. */
  reload(): Promise<void> {
    this.#doors = this.#readDoors()
    // One after the other: two at once would start two pollers for one source.
    const turn = this.#reloading.then(() => this.#restartPollers())
    this.#reloading = turn.catch(() => undefined)
    return turn
  }

  async #restartPollers(): Promise<void> {
    await this.stop()
    const { configuration, pauses } = this.#ports
    for (const configured of configuration.sources.values()) {
      const { kind, enabled, id } = configured.value
      if (kind === 'connectwise-sql' && enabled && pauses.ofSource(id) === null) this.#startPoller(configured)
    }
  }

  receiverPorts(): Pick<ReceiverPorts, 'sources' | 'journal' | 'refusals' | 'signingKey'> {
    const { journal } = this.#ports
    return {
      sources: () => this.#doors,
      journal,
      refusals: journal,
      signingKey: (connectionId, keyUrl, options) => this.#signingKey(connectionId, keyUrl, options),
    }
  }

  /** What the poller of a source says of it; null where it has none. */
  healthOf(id: SourceId): ComponentHealth | null {
    return this.#polled.get(id)?.health ?? null
  }

  /** Whether a source has a poller that has not asked yet. */
  isAwaited(id: SourceId): boolean {
    return this.healthOf(id)?.state === 'unknown'
  }

  #readDoors(): ReadonlyMap<string, ConfiguredSource> {
    const { sources, connections } = this.#ports.configuration
    const { pauses } = this.#ports
    const doors = new Map<string, ConfiguredSource>()
    for (const { value, secrets } of sources.values()) {
      const connection = connections.get(value.settings.connectionId)?.value
      const ownMark =
        connection === undefined
          ? null
          : connection.kind === 'salesforce'
            ? connection.settings.callMark
            : connection.settings.memberId
      const pause = pauses.ofSource(value.id)
      doors.set(value.id, { source: value, secrets, ownMark, ...(pause === null ? {} : { paused: pause.reason }) })
    }
    return doors
  }

  #startPoller(configured: WithSecrets<Source>): void {
    const { value, secrets } = configured
    if (value.kind !== 'connectwise-sql') return
    const poller = createQueuePoller({
      source: value,
      password: secrets['password'] ?? '',
      journal: this.#ports.journal,
      clock: this.#ports.clock,
      logger: this.#ports.logger,
      onState: ({ state, reason, nextStep }) => {
        if (polled.health.state === state && polled.health.reason === reason) return
        polled.health = { state, since: this.#ports.clock.now(), reason, nextStep }
        this.#ports.onChange()
      },
    })
    const polled: PolledSource = {
      configured,
      poller,
      health: { state: 'unknown', since: null, reason: 'Not asked yet.', nextStep: null },
    }
    this.#polled.set(value.id, polled)
    poller.start()
  }

  #signingKey(connectionId: ConnectionId, keyUrl: string, options?: { fresh?: boolean }): Promise<Result<Buffer>> {
    const connection = this.#ports.configuration.connections.get(connectionId)?.value
    if (connection?.kind !== 'connectwise') {
      return Promise.resolve(
        failed({
          class: 'permanent',
          stage: 'verify',
          code: 'no-connection',
          sentence: 'The source has no ConnectWise connection to check its callbacks by.',
        }),
      )
    }
    const { baseUrl } = connection.settings
    let known = this.#keys.get(connectionId)
    if (known?.baseUrl !== baseUrl) {
      known = { baseUrl, keys: createSigningKeys({ baseUrl, clock: this.#ports.clock }) }
      this.#keys.set(connectionId, known)
    }
    return known.keys.keyFor(keyUrl, options)
  }
}
