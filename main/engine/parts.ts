import { createJournal } from '#main/journal/journal.ts'
import { Router } from '#main/mapping/route/router.ts'
import { SendsUnderWay } from '#main/outbound/under-way.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import type { Changes, Samples, Views } from '#main/relay.ts'
import type { Store } from '#main/store/store.ts'
import type { CommitNotes } from '#main/store/transaction.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { AlertDesk } from './telling/alert-desk.ts'
import { Callbacks } from './configure/callbacks.ts'
import { ChannelDesk } from './telling/channel-desk.ts'
import { Commands } from './commands.ts'
import { Configuration } from './configure/configuration.ts'
import { ConfiguringDesk } from './configure/configuring.ts'
import { FailureDesk } from './insight/failure-desk.ts'
import { Housekeeping } from './upkeep/housekeeping.ts'
import { guardJournal } from './upkeep/housekeeping-journal.ts'
import { Inlets } from './intake/inlets.ts'
import { Sweeps } from './intake/sweeps.ts'
import { InsightDesk } from './insight/insight.ts'
import { Lines } from './deliver/lines.ts'
import type { EngineOptions } from './options.ts'
import { Pauses } from './pauses.ts'
import { ReplayDesk } from './replay/replay-desk.ts'
import { keptSamples } from './configure/samples.ts'
import { savedViews } from './configure/saved-views.ts'
import { Sleep } from './sleep.ts'

/** The parts of the relay, each given what it needs of the others. None of them has begun to work. */
export class Parts {
  readonly store: Store
  readonly configuration: Configuration
  readonly pauses: Pauses
  readonly lines: Lines
  readonly commands: Commands
  readonly replays: ReplayDesk
  readonly failures: FailureDesk
  readonly views: Views
  readonly samples: Samples
  readonly configuring: ConfiguringDesk
  readonly insight: InsightDesk
  readonly channels: ChannelDesk
  readonly alerts: AlertDesk
  readonly router: Router
  readonly callbacks: Callbacks
  readonly housekeeping: Housekeeping
  readonly inlets: Inlets
  readonly sweeps: Sweeps
  readonly sleep = new Sleep(() => this.kickAll())
  readonly #options: EngineOptions
  readonly #announce: (changes: Changes) => void

  constructor(store: Store, options: EngineOptions, announce: (changes: Changes) => void) {
    this.store = store
    this.#options = options
    this.#announce = announce
    const { clock, logger } = options
    const onChange = () => announce({ events: [], health: true })
    const mayWrite = () => this.mayWrite
    const configuration = new Configuration(store, options.dataKey)
    this.configuration = configuration
    const sending = { store, clock, configuration, sends: new SendsUnderWay() }
    this.pauses = new Pauses({
      ...sending,
      sourceChanged: () => this.inlets.reload(),
      resumed: () => this.kickAll(),
    })
    this.lines = new Lines({
      ...sending,
      pauses: this.pauses,
      mayWrite: () => this.mayWrite && !this.sleep.isNear,
      onBug: (where, error) => this.bug(where, error),
    })
    this.commands = new Commands(store, options.dataKey, clock, configuration)
    const working = { store, clock, configuration, lines: this.lines, mayWrite }
    this.replays = new ReplayDesk({ ...working, onBug: (error) => this.bug('replay', error) })
    this.failures = new FailureDesk(store, clock)
    this.views = savedViews(store, clock)
    this.samples = keptSamples(store, clock)
    const unpause: Pauses['clear'] = (target, who) => this.pauses.clear(target, who)
    this.configuring = new ConfiguringDesk({ ...sending, lines: this.lines, unpause })
    this.insight = new InsightDesk({
      ...options,
      ...working,
      pauses: () => this.pauses.list,
      onBug: (error) => this.bug('insight', error),
    })
    this.channels = new ChannelDesk({
      store,
      clock,
      dataKey: options.dataKey,
      isSandbox: options.sandbox !== null,
      mayWrite,
      mayTell: () => this.mayWrite || this.isFull,
      linkTo: (hash) => options.linkTo?.(hash) ?? null,
      showToast: (toast) => announce({ events: [], health: false, toasts: [toast] }),
      onBug: (error) => this.bug('channels', error),
    })
    this.router = new Router({
      store,
      clock,
      routes: () => configuration.routes,
      refreshEvent,
      onBug: (error) => this.bug('route', error),
    })
    this.callbacks = new Callbacks({
      configuration,
      clock,
      logger,
      onCall: (id) => this.lines.get(id)?.meter.count(),
      onChange,
    })
    this.housekeeping = new Housekeeping({
      store,
      clock,
      logger,
      reserveBytes: options.reserveBytes ?? 0,
      backsUpDaily: options.sandbox === null,
      onChange: () => {
        onChange()
        this.kickAll()
      },
      onClockSetBack: () => {
        for (const { gate } of this.lines.values()) gate.release()
        this.kickAll()
      },
    })
    const journal = guardJournal(
      createJournal(store, (error) => this.bug('refusal', error)),
      this.housekeeping.guard,
    )
    this.inlets = new Inlets({ configuration, pauses: this.pauses, journal, clock, logger, onChange })
    this.sweeps = new Sweeps({
      ...working,
      journal,
      logger,
      pauses: this.pauses,
      mayWrite: () => this.mayWrite && !this.sleep.isNear,
      onBug: (error) => this.bug('sweep', error),
    })
    this.alerts = new AlertDesk({
      ...working,
      insight: this.insight,
      pauses: () => this.pauses.list,
      reported: (id) => this.inlets.healthOf(id) ?? this.callbacks.healthOf(id),
      isAwaited: (id) => this.inlets.isAwaited(id) || this.callbacks.isAwaited(id),
      // What the reserve gave up is room for ends, and none for work.
      diskFreeBytes: () => (this.isFull ? 0 : this.housekeeping.diskFreeBytes()),
      notify: () => this.channels.kick(),
      onBug: (error) => this.bug('alerts', error),
    })
    store.onCommit((notes) => this.#committed(notes))
  }

  /** Whether the disk takes what work would have to write down. */
  get mayWrite(): boolean {
    return this.housekeeping.guard.isOpen
  }

  /** Whether the disk is full, so that the reserve has been freed. */
  get isFull(): boolean {
    return this.housekeeping.guard.trouble === 'full'
  }

  /** There may be work for everybody. */
  kickAll(): void {
    if (!this.mayWrite) return
    this.router.kick()
    this.replays.wake()
    this.lines.kick()
    this.channels.kick()
  }

  bug(where: string, error: unknown): void {
    this.#options.logger.error({ err: error, where }, 'unexpected failure')
  }

  /** Wakes whoever has something to do after a commit, and tells those who watch. */
  #committed(notes: CommitNotes): void {
    this.insight.committed(notes)
    if (notes.unrouted && this.mayWrite) this.router.kick()
    for (const id of notes.ready) this.lines.get(id as ConnectionId)?.worker.kick()
    if (notes.events.size > 0) this.replays.kick()
    if (notes.notifications) this.channels.kick()
    if (notes.events.size > 0 || notes.health) this.#announce({ events: [...notes.events], health: true })
  }
}
