import type { Clock } from '#main/base/clock.ts'
import { PlainError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import type { Check } from '#main/connectors/connector.ts'
import { createConnector } from '#main/connectors/registry.ts'
import { startReceiver, type Receiver } from '#main/inbound/receive/receiver.ts'
import { createJournal } from '#main/journal/journal.ts'
import { Router } from '#main/mapping/route/router.ts'
import { reclaim } from '#main/queue/queue.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import type { CommitNotes } from '#main/store/transaction.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Health } from '#shared/domain/health.ts'
import type { ConnectionId, DeliveryId, MappingId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'
import { Callbacks } from './engine/callbacks.ts'
import { checkSource } from './engine/check-source.ts'
import { Commands } from './engine/commands.ts'
import { Configuration } from './engine/configuration.ts'
import { furnishLive } from './engine/furnish.ts'
import { describeHealth } from './engine/health.ts'
import { Inlets } from './engine/inlets.ts'
import { closeLine, openLine, type Line } from './engine/line.ts'
import { carryOut } from './engine/carry-out.ts'
import type { Changes, Commanded, Relay, SandboxMood } from './relay.ts'

export interface EngineOptions {
  readonly databaseFile: string
  readonly dataKey: Uint8Array
  readonly receiverPort: number
  readonly version: string
  readonly logger: Logger
  readonly clock: Clock
  /** Set when the relay works on the simulated systems. */
  readonly sandbox: SandboxAddresses | null
  /** What the simulated people and systems are up to, for the health page. */
  readonly sandboxMood?: () => SandboxMood
}

/** How often expired leases are looked for (ms). */
const sweepMs = 30_000

/** A relay at work. */
export interface Engine extends Relay {
  readonly receiverUrl: string
  /** Stops taking in and sending, waits for what is under way, and closes the database. */
  stop(): Promise<void>
}

/**
 * Builds the relay out of its parts and starts it.
 *
 * @throws PlainError when the database or the receiver's port can't be had.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const store = new Store(options.databaseFile)
  try {
    await store.write((tx) => {
      checkDataKey(tx, options.dataKey)
      reclaim(tx, Number.MAX_SAFE_INTEGER)
    })
    const engine = new RunningEngine(store, options)
    await engine.start()
    return engine
  } catch (thrown) {
    await store.close()
    throw thrown
  }
}

/** The composition root: the only place that knows all stages. */
class RunningEngine implements Engine {
  readonly databaseFile: string
  readonly #store: Store
  readonly #options: EngineOptions
  readonly #configuration: Configuration
  readonly #commands: Commands
  readonly #router: Router
  readonly #inlets: Inlets
  readonly #callbacks: Callbacks
  readonly #lines = new Map<ConnectionId, Line>()
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #startedAt: number
  #receiver: Receiver | null = null
  #sweep: NodeJS.Timeout | null = null

  constructor(store: Store, options: EngineOptions) {
    this.databaseFile = options.databaseFile
    this.#store = store
    this.#options = options
    this.#startedAt = options.clock.now()
    this.#configuration = new Configuration(store, options.dataKey)
    this.#commands = new Commands(store, options.dataKey, options.clock, this.#configuration)
    this.#router = new Router({
      store,
      clock: options.clock,
      routes: () => this.#configuration.routes,
      onBug: (error) => this.#bug('route', error),
    })
    const onChange = () => this.#announce({ events: [], health: true })
    const { clock, logger } = options
    this.#callbacks = new Callbacks({ configuration: this.#configuration, clock, logger, onChange })
    this.#inlets = new Inlets({
      configuration: this.#configuration,
      journal: createJournal(store, (error) => this.#bug('refusal', error)),
      clock,
      logger,
      onChange,
    })
    store.onCommit((notes) => this.#committed(notes))
  }

  async start(): Promise<void> {
    const { clock, logger, receiverPort } = this.#options
    this.#receiver = await startReceiver({ port: receiverPort, clock, logger, ...this.#inlets.receiverPorts() })
    for (const id of this.#configuration.connections.keys()) this.#reopenLine(id)
    await this.#inlets.start()
    for (const { value } of this.#configuration.sources.values()) this.#callbacks.look(value.id)
    this.#router.kick()
    this.#sweep = setInterval(() => this.#reclaimExpired(), sweepMs)
    this.#sweep.unref()
  }

  async stop(): Promise<void> {
    if (this.#sweep !== null) clearInterval(this.#sweep)
    await Promise.all([this.#receiver?.close(), this.#inlets.stop(), this.#callbacks.stop()])
    await this.#router.stop()
    await Promise.all([...this.#lines.values()].map(closeLine))
    await this.#store.close()
  }

  get receiverUrl(): string {
    if (this.#receiver === null) throw new PlainError('The receiver is not listening yet.')
    return this.#receiver.url
  }

  health(): Health {
    const { version, sandbox, sandboxMood } = this.#options
    const connections = [...this.#configuration.connections.values()].map(({ value }) => {
      const line = this.#lines.get(value.id)
      return { connection: value, hold: line?.gate.hold ?? null, budget: line?.connector.budget() ?? null }
    })
    const workspace = sandbox !== null ? 'sandbox' : connections.length === 0 ? 'unconfigured' : 'live'
    return this.#store.read((tx) =>
      describeHealth(tx, {
        version,
        workspace,
        startedAt: this.#startedAt,
        receiverUrl: this.receiverUrl,
        sandbox: sandbox === null ? null : { ...publicAddresses(sandbox), ...sandboxMood?.() },
        connections,
        sources: [...this.#configuration.sources.values()].map(({ value }) => ({
          source: value,
          reported: this.#inlets.healthOf(value.id) ?? this.#callbacks.healthOf(value.id),
        })),
      }),
    )
  }

  hasRoutes(): boolean {
    return this.#configuration.routes.length > 0
  }

  hasMapping(id: MappingId): boolean {
    return this.#configuration.hasMapping(id)
  }

  onChange(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  replay(request: ReplayRequest, who: string): Promise<Commanded<ReplayReceipt>> {
    return this.#commands.replay(request, who)
  }

  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>> {
    return this.#commands.cancelDelivery(id, reason, who)
  }

  async saveConnection(
    connection: Connection,
    secrets: Record<string, string>,
    who: string,
  ): Promise<Commanded<Connection>> {
    const saved = await this.#commands.saveConnection(connection, secrets, who)
    this.#reopenLine(connection.id)
    await this.#inlets.reload()
    for (const { value } of this.#configuration.sources.values()) {
      if (value.settings.connectionId === connection.id) this.#callbacks.look(value.id)
    }
    await this.#furnishOnceJoined()
    return saved
  }

  async testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>> {
    const line = this.#lines.get(id)
    if (line === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no connection ${id}.` }
    const checks = await line.connector.check({
      purpose: 'look-up',
      signal: AbortSignal.timeout(30_000),
      record: () => {},
    })
    if (checks.every((check) => check.ok)) {
      line.gate.release(this.#options.clock.now())
      line.worker.kick()
    }
    return { ok: true, value: checks }
  }

  async saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>> {
    const saved = await this.#commands.saveSource(source, secrets, who)
    await this.#inlets.reload()
    this.#callbacks.look(source.id)
    return saved
  }

  async testSource(id: SourceId): Promise<Commanded<readonly Check[]>> {
    const source = this.#configuration.sources.get(id)
    if (source === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no source ${id}.` }
    const connection = this.#configuration.connections.get(source.value.settings.connectionId)?.value
    return { ok: true, value: await checkSource(source, connection, this.#callbacks) }
  }

  saveRoute(route: Route, who: string): Promise<Commanded<Route>> {
    return this.#commands.saveRoute(route, who)
  }

  saveMapping(document: MappingDocument, note: string, who: string): Promise<Commanded<MappingVersion>> {
    return this.#commands.saveMapping(document, note, who)
  }

  /** The second of the two systems has been connected: a technician finds everything else ready to be switched on. */
  async #furnishOnceJoined(): Promise<void> {
    if (this.#options.sandbox !== null || this.hasRoutes()) return
    const connections = [...this.#configuration.connections.values()].map(({ value }) => value)
    const salesforce = connections.find(({ kind }) => kind === 'salesforce')?.id
    const connectwise = connections.find(({ kind }) => kind === 'connectwise')?.id
    if (salesforce === undefined || connectwise === undefined) return
    const sources = [...this.#configuration.sources.values()].map(({ value }) => value)
    await furnishLive(this, { salesforce, connectwise }, sources)
  }

  #reopenLine(id: ConnectionId): void {
    const configured = this.#configuration.connections.get(id)
    if (configured === undefined) return
    const old = this.#lines.get(id)
    const { clock } = this.#options
    const line = openLine({
      store: this.#store,
      clock,
      connection: configured.value,
      connector: createConnector(configured.value, configured.secrets, clock),
      deliver: (lease, own) =>
        carryOut(lease, own, { store: this.#store, clock, configuration: this.#configuration, lines: this.#lines }),
      onBug: (error) => this.#bug('deliver', error),
    })
    this.#lines.set(id, line)
    line.worker.kick()
    if (old !== undefined) void closeLine(old).catch((error: unknown) => this.#bug('close', error))
  }

  #committed(notes: CommitNotes): void {
    if (notes.unrouted) this.#router.kick()
    for (const id of notes.ready) this.#lines.get(id as ConnectionId)?.worker.kick()
    if (notes.events.size > 0 || notes.health) this.#announce({ events: [...notes.events], health: true })
  }

  #announce(changes: Changes): void {
    for (const listener of this.#listeners) listener(changes)
  }

  #reclaimExpired(): void {
    this.#store
      .write((tx) => reclaim(tx, this.#options.clock.now()))
      .catch((error: unknown) => this.#bug('sweep', error))
    this.#router.kick()
  }

  #bug(where: string, error: unknown): void {
    this.#options.logger.error({ err: error, where }, 'unexpected failure')
  }
}

function publicAddresses(sandbox: SandboxAddresses): NonNullable<Health['sandbox']> {
  const { host, port, database, user } = sandbox.sqlServer
  return {
    salesforceUrl: sandbox.salesforceUrl,
    connectwiseUrl: sandbox.connectwiseUrl,
    sqlServer: { host, port, database, user },
  }
}
