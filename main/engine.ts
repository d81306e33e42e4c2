import { withinBound } from '#main/base/bounded.ts'
import { PlainError } from '#main/base/errors.ts'
import type { Check } from '#main/connectors/connector.ts'
import { startReceiver, type Receiver } from '#main/inbound/receive/receiver.ts'
import type { Store } from '#main/store/store.ts'
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
import type { AlertDesk } from './engine/telling/alert-desk.ts'
import type { ConfiguringDesk } from './engine/configure/configuring.ts'
import { Connecting } from './engine/configure/connecting.ts'
import type { FailureDesk } from './engine/insight/failure-desk.ts'
import { furnisher } from './engine/configure/furnish.ts'
import { describeHealth, publicAddresses } from './engine/insight/health.ts'
import { saidByParts } from './engine/insight/health-input.ts'
import type { InsightDesk } from './engine/insight/insight.ts'
import { openStore } from './engine/upkeep/open-store.ts'
import { StateMemory } from './engine/insight/state-memory.ts'
import type { EngineOptions } from './engine/options.ts'
import { Parts } from './engine/parts.ts'
import type { ReplayDesk } from './engine/replay/replay-desk.ts'
import { Sweep } from './engine/upkeep/sweep.ts'
import type { Alerts, Changes, Channels, Commanded, Relay, Samples, Views } from './relay.ts'

/** How long a stop waits for deliveries under way (ms); what takes longer is cut short, and asked for at the next start, as after a crash. */
const graceMs = 3_000

/** How long a stop waits at most, whatever does not heed that (ms). */
const drainMs = 12_000

/** A relay at work. */
export interface Engine extends Relay {
  /** `tick` judges the rules now; that happens by itself each minute. */
  readonly alerts: Alerts & { tick(): Promise<void> }
  /** `look` sweeps what is due now; that is asked by itself every half minute. */
  readonly sweeps: { look(): Promise<void> }
  readonly receiverUrl: string
  /** The machine is about to sleep: what runs may end, nothing new is sent until it wakes. */
  suspend(): void
  wake(): void
  /** Stops taking in and sending, waits for what is under way, and closes the database. */
  stop(): Promise<void>
}

/**
 * Builds the relay out of its parts and starts it.
 *
 * @throws PlainError when the database or the receiver's port can't be had.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const store = await openStore(options)
  try {
    const engine = new RunningEngine(store, options)
    await engine.start()
    return engine
  } catch (thrown) {
    await store.close()
    throw thrown
  }
}

/** The parts at work: in which order they begin and end, and who does what is asked of the relay. */
class RunningEngine implements Engine {
  readonly databaseFile: string
  readonly replays: ReplayDesk
  readonly failures: FailureDesk
  readonly views: Views
  readonly samples: Samples
  readonly insight: InsightDesk
  readonly alerts: AlertDesk
  readonly configuring: ConfiguringDesk
  readonly channels: Channels
  readonly sweeps: Engine['sweeps']
  readonly #options: EngineOptions
  readonly #parts: Parts
  readonly #connecting: Connecting
  readonly #sweep: Sweep
  readonly #furnish: (relay: Relay) => Promise<void>
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #startedAt: number
  readonly #states = new StateMemory()
  #receiver: Receiver | null = null

  constructor(store: Store, options: EngineOptions) {
    const { clock, databaseFile } = options
    this.#options = options
    this.#startedAt = clock.now()
    this.databaseFile = databaseFile
    const parts = new Parts(store, options, (changes) => this.#announce(changes))
    this.#parts = parts
    this.replays = parts.replays
    this.failures = parts.failures
    this.views = parts.views
    this.samples = parts.samples
    this.insight = parts.insight
    this.alerts = parts.alerts
    this.configuring = parts.configuring
    this.channels = parts.channels
    this.sweeps = parts.sweeps
    this.#connecting = new Connecting(parts, clock)
    this.#sweep = new Sweep(parts, clock)
    this.#furnish = furnisher(parts.configuration)
  }

  async start(): Promise<void> {
    const { callbacks, configuration, housekeeping, inlets, lines } = this.#parts
    const { clock, logger, receiverPort } = this.#options
    await this.#sweep.takeBackAll()
    this.#receiver = await startReceiver({ port: receiverPort, clock, logger, ...inlets.receiverPorts() })
    for (const id of configuration.connections.keys()) lines.reopen(id)
    await inlets.start()
    for (const { value } of configuration.sources.values()) callbacks.look(value.id)
    housekeeping.start()
    this.insight.start()
    await this.alerts.start()
    this.#parts.channels.start()
    this.#parts.kickAll()
    this.#sweep.start()
    this.#parts.sweeps.start()
  }

  async stop(): Promise<void> {
    const { callbacks, channels, housekeeping, inlets, lines, replays, router, store, sweeps } = this.#parts
    this.#sweep.stop()
    await Promise.all([this.#receiver?.close(), inlets.stop(), sweeps.stop(), callbacks.stop()])
    await Promise.all([router.stop(), replays.stop(), channels.stop()])
    await withinBound(lines.close(graceMs), drainMs)
    await this.alerts.stop()
    await this.insight.stop()
    await housekeeping.stop()
    await store.close()
  }

  suspend(): void {
    this.#parts.sleep.suspend()
  }

  wake(): void {
    this.#parts.sleep.resume()
  }

  get receiverUrl(): string {
    if (this.#receiver === null) throw new PlainError('The receiver is not listening yet.')
    return this.#receiver.url
  }

  health(): Health {
    const { callbacks, configuration, housekeeping, inlets, lines, pauses, store } = this.#parts
    const { version, sandbox, sandboxMood } = this.#options
    const reported = (id: SourceId) => inlets.healthOf(id) ?? callbacks.healthOf(id)
    const said = saidByParts(configuration, lines, reported)
    const workspace = sandbox !== null ? 'sandbox' : said.connections.length === 0 ? 'unconfigured' : 'live'
    const health = store.read((tx) =>
      describeHealth(tx, {
        version,
        workspace,
        startedAt: this.#startedAt,
        receiverUrl: this.receiverUrl,
        sandbox: sandbox === null ? null : { ...publicAddresses(sandbox), ...sandboxMood?.() },
        ...said,
        storage: housekeeping.health(),
        pauses: pauses.list,
        channels: this.#parts.channels.health(),
        alerts: this.alerts.counts(),
      }),
    )
    return this.#states.fill(health, this.#options.clock.now())
  }

  hasRoutes(): boolean {
    return this.#parts.configuration.routes.length > 0
  }

  hasMapping(id: MappingId): boolean {
    return this.#parts.configuration.hasMapping(id)
  }

  onChange(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  replay(request: ReplayRequest, who: string): Promise<Commanded<ReplayReceipt>> {
    return this.replays.order(request, who)
  }

  resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>> {
    return this.#parts.commands.resolveConflict(id, choices, who)
  }

  releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>> {
    return this.#parts.commands.releaseDelivery(id, who)
  }

  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>> {
    return this.#parts.commands.cancelDelivery(id, reason, who)
  }

  cancelDeliveries(ids: readonly DeliveryId[], reason: string, who: string): ReturnType<Relay['cancelDeliveries']> {
    return this.#parts.commands.cancelDeliveries(ids, reason, who)
  }

  async saveConnection(
    connection: Connection,
    secrets: Record<string, string>,
    who: string,
  ): Promise<Commanded<Connection>> {
    const saved = await this.#connecting.saveConnection(connection, secrets, who)
    // The second of the two systems has been connected: a technician finds everything else ready to be switched on.
    if (this.#options.sandbox === null) await this.#furnish(this)
    return saved
  }

  removeConnection(id: ConnectionId, withOpen: boolean, who: string): Promise<Commanded<number>> {
    return this.#connecting.removeConnection(id, withOpen, who)
  }

  testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>> {
    return this.#connecting.testConnection(id)
  }

  findMissed(id: ConnectionId): Promise<Commanded<number>> {
    return this.#parts.sweeps.findMissed(id)
  }

  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>> {
    return this.#connecting.saveSource(source, secrets, who)
  }

  removeSource(id: SourceId, who: string): Promise<Commanded<SourceId>> {
    return this.#connecting.removeSource(id, who)
  }

  testSource(id: SourceId): Promise<Commanded<readonly Check[]>> {
    return this.#connecting.testSource(id)
  }

  saveRoute(route: Route, who: string): Promise<Commanded<Route>> {
    return this.#parts.commands.saveRoute(route, who)
  }

  saveMapping(document: MappingDocument, note: string, who: string): Promise<Commanded<MappingVersion>> {
    return this.#parts.commands.saveMapping(document, note, who)
  }

  pause(target: PauseTarget, reason: string, who: string): Promise<Commanded<PauseReceipt>> {
    return this.#parts.pauses.set(target, reason, who)
  }

  resume(target: PauseTarget, who: string): Promise<Commanded<readonly Pause[]>> {
    return this.#parts.pauses.clear(target, who)
  }

  storage(): StorageReport {
    return this.#parts.housekeeping.report()
  }

  saveStorage(settings: StorageSettings, who: string): Promise<Commanded<StorageSettings>> {
    return this.#parts.housekeeping.saveSettings(settings, who)
  }

  backUp(who: string): Promise<Commanded<BackupFile>> {
    return this.#parts.housekeeping.backUp(who)
  }

  checkStorage(): Promise<Commanded<UpkeepResult>> {
    return this.#parts.housekeeping.check()
  }

  #announce(changes: Changes): void {
    for (const listener of this.#listeners) listener(changes)
  }
}
