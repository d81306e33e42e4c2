import type { Clock } from '#main/base/clock.ts'
import { recentLines, type Logger } from '#main/base/logger.ts'
import type { Commanded, CountedTotal, Deed, Insight } from '#main/relay.ts'
import { listBackups } from '#main/store/backups.ts'
import { audit } from '#main/store/configuration.ts'
import type { BacklogReport, OpenDelivery, QueueSample } from '#main/store/open-deliveries.ts'
import { orderRestore } from '#main/store/restore.ts'
import type { Store } from '#main/store/store.ts'
import type { CommitNotes } from '#main/store/transaction.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { ApiBudget } from '#shared/domain/overview.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { Backlog, type BacklogPorts } from './backlog.ts'
import type { Configuration } from '../configure/configuration.ts'
import type { Line } from '../deliver/line.ts'
import { isInTheWay } from '../pauses.ts'
import { Metrics } from './metrics.ts'
import { RecordDesk } from './record-desk.ts'
import { RecordIndex } from './record-index.ts'

export interface InsightPorts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
  readonly pauses: () => readonly Pause[]
  readonly mayWrite: () => boolean
  readonly onBug: (error: unknown) => void
}

/** What is kept and looked up beside the path of events, so that the console can tell how things stand. */
export class InsightDesk implements Insight {
  readonly #ports: InsightPorts
  readonly metrics: Metrics
  readonly index: RecordIndex
  readonly records: RecordDesk
  readonly #backlog: Backlog

  constructor(ports: InsightPorts) {
    this.#ports = ports
    this.metrics = new Metrics(ports)
    this.index = new RecordIndex(ports)
    this.records = new RecordDesk(ports)
    this.#backlog = new Backlog({ ...ports, stoppedBy: (delivery) => this.#stoppedBy(delivery) })
  }

  start(): void {
    this.index.start()
  }

  /** A commit has done something: it is counted, and the records it was about are entered into the index. */
  committed(notes: CommitNotes): void {
    this.metrics.count(notes.measures)
    this.index.note(notes.events)
  }

  async stop(): Promise<void> {
    await Promise.all([this.index.stop(), this.#backlog.stop()])
    await this.metrics.stop()
  }

  /** Looks at the queue and notes how it stands, for the present minute or the one that is named; answers what it saw. */
  async sample(minute?: number): Promise<readonly QueueSample[]> {
    const { samples } = await this.#backlog.look()
    this.metrics.sample(samples, minute)
    return samples
  }

  backlog(): Promise<BacklogReport> {
    return this.#backlog.report()
  }

  totals(): readonly CountedTotal[] {
    return this.metrics.totals()
  }

  budgets(): readonly ApiBudget[] {
    return [...this.#ports.lines.values()].map(({ budget, connection, meter }) => {
      const now = budget.now()
      const own = meter.used()
      return {
        connectionId: connection.id,
        name: connection.name,
        used: now?.used ?? own,
        limit: now?.limit ?? null,
        usedByPatchbay: own,
        countedBy: now?.countedBy ?? 'patchbay',
        returnsAt: own === 0 ? null : meter.returnsAt(own),
      }
    })
  }

  logLines(): readonly string[] {
    return recentLines(this.#ports.logger)
  }

  async note({ who, action, subject, detail }: Deed): Promise<void> {
    const { store, clock } = this.#ports
    await store.write((tx) => audit(tx, { at: clock.now(), who, action, subject, detail }))
  }

  async restoreNext(file: string | null, who: string): Promise<Commanded<null>> {
    const { store } = this.#ports
    if (file !== null && !listBackups(store.file).some((one) => one.file === file))
      return { ok: false, code: 'NOT_FOUND', reason: `There is no backup ${file}.` }
    orderRestore(store.file, file)
    const detail = file ?? 'The order was taken back.'
    await this.note({ who, action: 'restore', subject: 'storage', detail })
    return { ok: true, value: null }
  }

  #stoppedBy({ connectionId, routeId, sourceId }: OpenDelivery): ReturnType<BacklogPorts['stoppedBy']> {
    const { configuration, lines, pauses } = this.#ports
    const route = configuration.routes.find(({ id }) => id === routeId)
    const connectionIds = [connectionId, ...(route === undefined ? [] : [route.sourceConnectionId])]
    if (pauses().some((pause) => isInTheWay(pause, { routeId, connectionIds, sourceId }))) return 'paused'
    if (route?.enabled !== true) return 'route-off'
    const isHeld = connectionIds.some((id) => (lines.get(id)?.gate.hold ?? null) !== null)
    return isHeld ? 'connection-held' : null
  }
}
