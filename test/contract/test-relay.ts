import { systemClock } from '#main/base/clock.ts'
import { createLogger } from '#main/base/logger.ts'
import { ChannelDesk } from '#main/engine/telling/channel-desk.ts'
import { AlertDesk } from '#main/engine/telling/alert-desk.ts'
import { Commands } from '#main/engine/commands.ts'
import { Housekeeping } from '#main/engine/upkeep/housekeeping.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { ConfiguringDesk } from '#main/engine/configure/configuring.ts'
import { FailureDesk } from '#main/engine/insight/failure-desk.ts'
import { Removing } from '#main/engine/configure/removing.ts'
import { InsightDesk } from '#main/engine/insight/insight.ts'
import { keptSamples } from '#main/engine/configure/samples.ts'
import { savedViews } from '#main/engine/configure/saved-views.ts'
import { ReplayDesk } from '#main/engine/replay/replay-desk.ts'
import { releaseParked, resolveConflict } from '#main/outcomes/resolve.ts'
import type { Changes, Commanded, Relay, Samples, Views } from '#main/relay.ts'
import { audit, loadMapping, saveConnection, saveMapping, saveRoute, saveSource } from '#main/store/configuration.ts'
import { clearPause, loadPauses, savePause } from '#main/store/pauses.ts'
import { saveSecrets } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Health } from '#shared/domain/health.ts'
import type { ConnectionId, DeliveryId, EventId, MappingId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Pause, PauseReceipt, PauseTarget } from '#shared/domain/pause.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'
import type { StorageReport, StorageSettings } from '#shared/domain/storage.ts'

const dataKey = new Uint8Array(32).fill(7)

/** A relay that keeps everything in a real store but sends nothing anywhere: enough for what the host asks of one. */
export class TestRelay implements Relay {
  readonly databaseFile: string
  readonly store: Store
  readonly replays: ReplayDesk
  readonly configuration: Configuration
  readonly configuring: ConfiguringDesk
  readonly insight: InsightDesk
  readonly alerts: AlertDesk
  readonly failures: FailureDesk
  readonly views: Views
  readonly samples: Samples
  readonly channels: ChannelDesk
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #housekeeping: Housekeeping
  readonly #removing: Removing
  healthState: Health['state'] = 'ok'
  sourceHealth: Health['sources'] = []

  constructor(file: string) {
    this.databaseFile = file
    this.store = new Store(file)
    const ports = { store: this.store, clock: systemClock, logger: createLogger('silent'), reserveBytes: 0 }
    this.configuration = new Configuration(this.store, dataKey)
    this.insight = new InsightDesk({
      ...ports,
      configuration: this.configuration,
      lines: new Map(),
      pauses: () => this.store.read(loadPauses),
      mayWrite: () => true,
      onBug: (error) => {
        throw error
      },
    })
    this.alerts = new AlertDesk({
      ...ports,
      configuration: this.configuration,
      insight: this.insight,
      lines: new Map(),
      pauses: () => this.store.read(loadPauses),
      reported: () => null,
      isAwaited: () => false,
      diskFreeBytes: () => null,
      notify: () => undefined,
      onBug: (error) => {
        throw error
      },
    })
    this.failures = new FailureDesk(this.store, systemClock)
    this.views = savedViews(this.store, systemClock)
    this.samples = keptSamples(this.store, systemClock)
    this.configuring = new ConfiguringDesk({
      store: this.store,
      clock: systemClock,
      configuration: this.configuration,
      lines: new Map(),
      unpause: (target) => this.resume(target),
    })
    this.#removing = new Removing({
      store: this.store,
      clock: systemClock,
      configuration: this.configuration,
      stopSending: () => Promise.resolve(),
      sendAgain: () => undefined,
      cancel: (ids, reason, who) => this.cancelDeliveries(ids, reason, who),
      unpause: (target) => this.resume(target),
    })
    this.replays = new ReplayDesk({
      store: this.store,
      clock: systemClock,
      configuration: this.configuration,
      lines: new Map(),
      mayWrite: () => true,
      onBug: (error) => {
        throw error
      },
    })
    this.channels = new ChannelDesk({
      mayTell: () => true,
      store: this.store,
      clock: systemClock,
      dataKey,
      isSandbox: true,
      mayWrite: () => true,
      linkTo: () => null,
      showToast: (toast) => {
        for (const listener of this.#listeners) listener({ events: [], health: false, toasts: [toast] })
      },
      onBug: (error) => {
        throw error
      },
    })
    const onChange = () => undefined
    this.#housekeeping = new Housekeeping({ ...ports, backsUpDaily: false, onChange, onClockSetBack: onChange })
  }

  health(): Health {
    return {
      state: this.healthState,
      sentence: 'All is well.',
      version: '0.1.0',
      workspace: 'live',
      startedAt: 1_000,
      receiverUrl: 'http://127.0.0.1:7420',
      sandbox: null,
      connections: [],
      sources: this.sourceHealth,
      queue: { pending: 0, leased: 0, waiting: 0, parked: 0, dead: 0, oldestOpenAt: null },
      pauses: [],
      alerts: this.alerts.counts(),
    }
  }

  hasRoutes(): boolean {
    return this.store.read((tx) => tx.get('select 1 from routes limit 1') !== undefined)
  }

  hasMapping(id: MappingId): boolean {
    return this.store.read((tx) => loadMapping(tx, id) !== null)
  }

  onChange(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener)
    const stop = this.store.onCommit((notes) => listener({ events: [...notes.events], health: notes.health }))
    return () => {
      this.#listeners.delete(listener)
      stop()
    }
  }

  replay(request: ReplayRequest, who: string): Promise<Commanded<ReplayReceipt>> {
    return this.replays.order(request, who)
  }

  resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>> {
    return this.store.write((tx) => {
      const unfit = resolveConflict(tx, id, choices, { who, at: 6_000 })
      return unfit === null ? { ok: true, value: null } : { ok: false, ...unfit }
    })
  }

  releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>> {
    return this.store.write((tx) => {
      const answer = releaseParked(tx, id, { who, at: 6_000 })
      return typeof answer === 'number' ? { ok: true, value: answer } : { ok: false, ...answer }
    })
  }

  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>> {
    return this.store.write((tx) => {
      const row = tx.get<{ state: string; event_id: EventId }>(
        'select state, event_id from deliveries where id = ?',
        id,
      )
      if (row === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no delivery ${id}.` }
      if (row.state === 'dead') return { ok: false, code: 'CONFLICT', reason: 'This delivery has ended already.' }
      tx.run(`update deliveries set state = 'cancelled', note = ?, ended_at = 6000 where id = ?`, reason, id)
      tx.notes.events.add(row.event_id)
      audit(tx, { at: 6_000, who, action: 'cancel', subject: `delivery:${id}` })
      return { ok: true, value: null }
    })
  }

  cancelDeliveries(ids: readonly DeliveryId[], reason: string, who: string): ReturnType<Relay['cancelDeliveries']> {
    return new Commands(this.store, dataKey, systemClock, this.configuration).cancelDeliveries(ids, reason, who)
  }

  saveConnection(connection: Connection, secrets: Record<string, string>): Promise<Commanded<Connection>> {
    return this.#configure((tx) => {
      saveConnection(tx, connection)
      saveSecrets(tx, dataKey, `connection:${connection.id}`, secrets, 1)
      return { ok: true, value: connection }
    })
  }

  testConnection(id: ConnectionId): ReturnType<Relay['testConnection']> {
    if (id === 'explodes') return Promise.reject(new Error('the password hunter2 is wrong'))
    return Promise.resolve({ ok: true, value: [{ name: 'Sign-in', ok: true, sentence: 'Signed in.', fix: null }] })
  }

  findMissed(): ReturnType<Relay['findMissed']> {
    return Promise.resolve({ ok: true, value: 0 })
  }

  saveSource(source: Source, secrets: Record<string, string>): Promise<Commanded<Source>> {
    return this.#configure((tx) => {
      saveSource(tx, source)
      saveSecrets(tx, dataKey, `source:${source.id}`, secrets, 1)
      return { ok: true, value: source }
    })
  }

  removeConnection(id: ConnectionId, withOpen: boolean, who: string): ReturnType<Relay['removeConnection']> {
    return this.#removing.connection(id, withOpen, who)
  }

  removeSource(id: SourceId, who: string): ReturnType<Relay['removeSource']> {
    return this.#removing.source(id, who)
  }

  testSource(id: SourceId): ReturnType<Relay['testSource']> {
    const known = this.store.read((tx) => tx.get('select 1 from sources where id = ?', id) !== undefined)
    if (!known) return Promise.resolve({ ok: false, code: 'NOT_FOUND', reason: `There is no source ${id}.` })
    const missing = { name: 'Signing secret', ok: false, sentence: 'No signing secret is set.', fix: 'Enter it.' }
    return Promise.resolve({ ok: true, value: [missing] })
  }

  saveRoute(route: Route): Promise<Commanded<Route>> {
    return this.#configure((tx) => {
      saveRoute(tx, route)
      return { ok: true, value: route }
    })
  }

  saveMapping(document: MappingDocument, note: string, who: string): ReturnType<Relay['saveMapping']> {
    return this.#configure((tx) => ({ ok: true, value: saveMapping(tx, document, { author: who, note, at: 1 }) }))
  }

  storage(): StorageReport {
    return this.#housekeeping.report()
  }

  saveStorage(settings: StorageSettings, who: string): ReturnType<Relay['saveStorage']> {
    return this.#housekeeping.saveSettings(settings, who)
  }

  backUp(who: string): ReturnType<Relay['backUp']> {
    return this.#housekeeping.backUp(who)
  }

  checkStorage(): ReturnType<Relay['checkStorage']> {
    return this.#housekeeping.check()
  }

  pause(target: PauseTarget, reason: string, who: string): Promise<Commanded<PauseReceipt>> {
    return this.store.write((tx) => {
      if (target.id === 'nowhere')
        return { ok: false, code: 'NOT_FOUND', reason: `There is no ${target.scope} nowhere.` }
      const pause: Pause = { ...target, reason, who, pausedAt: 7_000 }
      savePause(tx, pause)
      return { ok: true, value: { pause, underWay: 0 } }
    })
  }

  resume(target: PauseTarget): Promise<Commanded<readonly Pause[]>> {
    return this.store.write((tx) =>
      clearPause(tx, target)
        ? { ok: true, value: loadPauses(tx) }
        : { ok: false, code: 'NOT_FOUND', reason: 'It is not paused.' },
    )
  }

  /** Who did what, as the audit log has it. */
  auditLog(): readonly { who: string; action: string }[] {
    return this.store.read((tx) => tx.all<{ who: string; action: string }>('select who, action from audit order by id'))
  }

  async #configure<T>(work: (tx: Transaction) => T): Promise<T> {
    const done = await this.store.write(work)
    this.configuration.reload()
    return done
  }

  async close(): Promise<void> {
    await this.channels.stop()
    await this.insight.stop()
    await this.#housekeeping.stop()
    await this.replays.stop()
    await this.store.close()
  }
}
