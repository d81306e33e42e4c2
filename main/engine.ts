import type { Clock } from '#main/base/clock.ts'
import { withinBound } from '#main/base/bounded.ts'
import { PlainError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import type { Check } from '#main/connectors/connector.ts'
import { startReceiver, type Receiver } from '#main/inbound/receive/receiver.ts'
import { createJournal } from '#main/journal/journal.ts'
import { Router } from '#main/mapping/route/router.ts'
import { SendsUnderWay } from '#main/outbound/under-way.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import { reclaim } from '#main/queue/queue.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import type { CommitNotes } from '#main/store/transaction.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Health } from '#shared/domain/health.ts'
import type { ConnectionId, DeliveryId, MappingId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { Pause, PauseReceipt, PauseTarget } from '#shared/domain/pause.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'
import type { BackupFile, StorageReport, StorageSettings, UpkeepResult } from '#shared/domain/storage.ts'
import { Callbacks } from './engine/callbacks.ts'
import { checkSource } from './engine/check-source.ts'
import { Commands } from './engine/commands.ts'
import { Configuration } from './engine/configuration.ts'
import { furnishLive } from './engine/furnish.ts'
import { describeHealth, publicAddresses } from './engine/health.ts'
import { Housekeeping } from './engine/housekeeping.ts'
import { guardJournal } from './engine/housekeeping-journal.ts'
import { Inlets } from './engine/inlets.ts'
import { Lines } from './engine/lines.ts'
import { startAskingForParents } from './engine/parents.ts'
import { Pauses } from './engine/pauses.ts'
import { ReplayDesk } from './engine/replay-desk.ts'
import type { Changes, Commanded, Relay, SandboxMood } from './relay.ts'

export interface EngineOptions {
  readonly databaseFile: string
  readonly dataKey: Uint8Array
  readonly receiverPort: number
  readonly version: string
  readonly logger: Logger
  readonly clock: Clock
  /** Bytes kept aside for the moment when the disk is full; 0 or absent for none. */
  readonly reserveBytes?: number
  /** Set when the relay works on the simulated systems. */
  readonly sandbox: SandboxAddresses | null
  /** What the simulated people and systems are up to, for the health page. */
  readonly sandboxMood?: () => SandboxMood
}

/** How long a stop waits for deliveries under way (ms); what takes longer is asked for at the next start, as after a crash. */
const drainMs = 12_000

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
    await store.write((tx) => checkDataKey(tx, options.dataKey))
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
  readonly replays: ReplayDesk
  readonly #router: Router
  readonly #inlets: Inlets
  readonly #callbacks: Callbacks
  readonly #pauses: Pauses
  readonly #housekeeping: Housekeeping
  readonly #lines: Lines
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #startedAt: number
  #receiver: Receiver | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #furnishing: Promise<void> | null = null
  #sweep: NodeJS.Timeout | null = null
  #stopAsking: () => void = () => undefined

  constructor(store: Store, options: EngineOptions) {
    this.databaseFile = options.databaseFile
    this.#store = store
    this.#options = options
    this.#startedAt = options.clock.now()
    this.#configuration = new Configuration(store, options.dataKey)
    const sending = { store, clock: options.clock, configuration: this.#configuration, sends: new SendsUnderWay() }
    this.#pauses = new Pauses({
      ...sending,
      sourceChanged: () => this.#inlets.reload(),
      resumed: () => this.#kickAll(),
    })
    this.#lines = new Lines({
      ...sending,
      pauses: this.#pauses,
      mayWrite: () => this.#housekeeping.guard.isOpen,
      onBug: (where, error) => this.#bug(where, error),
    })
    this.#commands = new Commands(store, options.dataKey, options.clock, this.#configuration)
    this.replays = new ReplayDesk({
      store,
      clock: options.clock,
      configuration: this.#configuration,
      lines: this.#lines,
      mayWrite: () => this.#housekeeping.guard.isOpen,
      onBug: (error) => this.#bug('replay', error),
    })
    this.#router = new Router({
      store,
      clock: options.clock,
      routes: () => this.#configuration.routes,
      refreshEvent,
      onBug: (error) => this.#bug('route', error),
    })
    const onChange = () => this.#announce({ events: [], health: true })
    const { clock, logger } = options
    this.#callbacks = new Callbacks({ configuration: this.#configuration, clock, logger, onChange })
    this.#housekeeping = new Housekeeping({
      store,
      clock,
      logger,
      reserveBytes: options.reserveBytes ?? 0,
      backsUpDaily: options.sandbox === null,
      onChange: () => {
        onChange()
        this.#kickAll()
      },
      onClockSetBack: () => {
        for (const { gate } of this.#lines.values()) gate.release(clock.now())
        this.#kickAll()
      },
    })
    this.#inlets = new Inlets({
      configuration: this.#configuration,
      pauses: this.#pauses,
      journal: guardJournal(
        createJournal(store, (error) => this.#bug('refusal', error)),
        this.#housekeeping.guard,
      ),
      clock,
      logger,
      onChange,
    })
    store.onCommit((notes) => this.#committed(notes))
  }

  async start(): Promise<void> {
    const { clock, logger, receiverPort } = this.#options
    await this.#reclaimAll()
    this.#receiver = await startReceiver({ port: receiverPort, clock, logger, ...this.#inlets.receiverPorts() })
    for (const id of this.#configuration.connections.keys()) this.#lines.reopen(id)
    await this.#inlets.start()
    for (const { value } of this.#configuration.sources.values()) this.#callbacks.look(value.id)
    this.#housekeeping.start()
    this.#kickAll()
    this.#sweep = setInterval(() => this.#reclaimExpired(), sweepMs).unref()
    this.#stopAsking = startAskingForParents(this.#store, clock, (error) => this.#bug('parents', error))
  }

  async stop(): Promise<void> {
    if (this.#sweep !== null) clearInterval(this.#sweep)
    this.#stopAsking()
    await Promise.all([this.#receiver?.close(), this.#inlets.stop(), this.#callbacks.stop()])
    await Promise.all([this.#router.stop(), this.replays.stop()])
    await withinBound(this.#lines.close(), drainMs)
    await this.#housekeeping.stop()
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
      return { connection: value, hold: line?.gate.hold ?? null, budget: line?.budget.now() ?? null }
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
        storage: this.#housekeeping.health(),
        pauses: this.#pauses.list,
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
    return this.replays.order(request, who)
  }

  resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>> {
    return this.#commands.resolveConflict(id, choices, who)
  }

  releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>> {
    return this.#commands.releaseDelivery(id, who)
  }

  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>> {
    return this.#commands.cancelDelivery(id, reason, who)
  }

  saveConnection(connection: Connection, secrets: Record<string, string>, who: string): Promise<Commanded<Connection>> {
    return this.#inTurn(async () => {
      const saved = await this.#commands.saveConnection(connection, secrets, who)
      this.#lines.reopen(connection.id)
      await this.#inlets.reload()
      for (const { value } of this.#configuration.sources.values()) {
        if (value.settings.connectionId === connection.id) this.#callbacks.look(value.id)
      }
      return saved
    }).then(async (saved) => {
      await this.#furnishOnceJoined()
      return saved
    })
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

  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>> {
    return this.#inTurn(async () => {
      const saved = await this.#commands.saveSource(source, secrets, who)
      await this.#inlets.reload()
      this.#callbacks.look(source.id)
      return saved
    })
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

  pause(target: PauseTarget, reason: string, who: string): Promise<Commanded<PauseReceipt>> {
    return this.#pauses.set(target, reason, who)
  }

  resume(target: PauseTarget, who: string): Promise<Commanded<readonly Pause[]>> {
    return this.#pauses.clear(target, who)
  }

  storage(): StorageReport {
    return this.#housekeeping.report()
  }

  saveStorage(settings: StorageSettings, who: string): Promise<Commanded<StorageSettings>> {
    return this.#housekeeping.saveSettings(settings, who)
  }

  backUp(who: string): Promise<Commanded<BackupFile>> {
    return this.#housekeeping.backUp(who)
  }

  checkStorage(): Promise<Commanded<UpkeepResult>> {
    return this.#housekeeping.check()
  }

  /** The second of the two systems has been connected: a technician finds everything else ready to be switched on. */
  async #furnishOnceJoined(): Promise<void> {
    if (this.#options.sandbox !== null || this.hasRoutes()) return
    const connections = [...this.#configuration.connections.values()].map(({ value }) => value)
    const salesforce = connections.find(({ kind }) => kind === 'salesforce')?.id
    const connectwise = connections.find(({ kind }) => kind === 'connectwise')?.id
    if (salesforce === undefined || connectwise === undefined) return
    const sources = [...this.#configuration.sources.values()].map(({ value }) => value)
    this.#furnishing ??= furnishLive(this, { salesforce, connectwise }, sources).finally(
      () => (this.#furnishing = null),
    )
    await this.#furnishing
  }

  /** Changes of the configuration one after the other, so that none takes up what another is about to replace. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }

  #committed(notes: CommitNotes): void {
    if (notes.unrouted && this.#housekeeping.guard.isOpen) this.#router.kick()
    for (const id of notes.ready) this.#lines.get(id as ConnectionId)?.worker.kick()
    if (notes.events.size > 0) this.replays.kick()
    if (notes.events.size > 0 || notes.health) this.#announce({ events: [...notes.events], health: true })
  }

  #announce(changes: Changes): void {
    for (const listener of this.#listeners) listener(changes)
  }

  /** Nobody else can hold a lease after a start. On a full disk the sweep does it later. */
  async #reclaimAll(): Promise<void> {
    try {
      await this.#store.write((tx) => reclaim(tx, Number.MAX_SAFE_INTEGER))
    } catch (thrown) {
      if (this.#housekeeping.guard.isOpen) throw thrown
    }
  }

  /** There may be work for everybody. */
  #kickAll(): void {
    if (!this.#housekeeping.guard.isOpen) return
    this.#router.kick()
    this.replays.wake()
    this.#lines.kick()
  }

  #reclaimExpired(): void {
    if (!this.#housekeeping.guard.isOpen) return
    this.#housekeeping.lookAtClock()
    this.#store
      .write((tx) => reclaim(tx, this.#options.clock.now()))
      .catch((error: unknown) => this.#bug('sweep', error))
    this.#kickAll()
  }

  #bug(where: string, error: unknown): void {
    this.#options.logger.error({ err: error, where }, 'unexpected failure')
  }
}
