import type { Check } from '#main/connectors/connector.ts'
import type { BacklogReport } from '#main/store/open-deliveries.ts'
import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { WatchedSubject } from '#main/store/rule-history.ts'
import type { AlertCounts } from '#shared/domain/alert-counts.ts'
import type { AlertRule, AlertRuleOrder } from '#shared/domain/alert.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { ImportReceipt } from '#shared/domain/configuration-import.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { EventRecord } from '#shared/domain/event-record.ts'
import type { FailureCriteria, FailureGroupKey } from '#shared/domain/failure-group.ts'
import type { Health, SandboxInfo } from '#shared/domain/health.ts'
import type {
  AlertId,
  AlertRuleId,
  ChannelId,
  ConnectionId,
  DeliveryId,
  EventId,
  MappingId,
  ReplayId,
  RouteId,
  SourceId,
} from '#shared/domain/ids.ts'
import type { MappingBacktest, MappingCheck, MappingPreview } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { Channel, ChannelReport } from '#shared/domain/channel.ts'
import type { RecordComparison, SyncFrom } from '#shared/domain/known-record.ts'
import type { Counted, MetricScope } from '#shared/domain/metrics.ts'
import type { Toast } from '#shared/domain/notification.ts'
import type { ApiBudget } from '#shared/domain/overview.ts'
import type { Pause, PauseReceipt, PauseTarget } from '#shared/domain/pause.ts'
import type { RecoveryState } from '#shared/domain/recovery.ts'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import type { ReplayMode, ReplayPreview, ReplayReceipt, ReplayRequest, UndoRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { EntityList, EntitySchema } from '#shared/domain/schema.ts'
import type { Sample } from '#shared/domain/sample.ts'
import type { SandboxDeed, SandboxQuery, SandboxState, SimulatedRecord } from '#shared/domain/sandbox.ts'
import type { SavedView } from '#shared/domain/saved-view.ts'
import type { Source } from '#shared/domain/source.ts'
import type { TimeBuckets } from '#shared/logic/time-buckets.ts'
import type { BackupFile, StorageReport, StorageSettings, UpkeepResult } from '#shared/domain/storage.ts'

/** What changed in one commit, for whoever shows it. */
export interface Changes {
  readonly events: readonly EventId[]
  /** Something that the health page shows has changed. */
  readonly health: boolean
  /** To be shown to whoever watches now. */
  readonly toasts?: readonly Toast[]
}

/** A command's answer: done, or refused with a reason for the person who asked. */
export type Commanded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'CONFLICT' | 'INVALID'; readonly reason: string }

/** Something that a person did, for the audit log. */
export interface Deed {
  readonly who: string
  /** In one word. */
  readonly action: string
  readonly subject: string
  readonly detail: string
}

/** What was counted of one source, route or connection, or of everything, since the relay was started. */
export interface CountedTotal {
  readonly scope: MetricScope
  readonly id: string
  readonly counts: Readonly<Partial<Record<Counted, number>>>
  /** The times from arrival to end, and their sum (ms). */
  readonly times: TimeBuckets
  readonly sumMs: number
}

/** What can be asked and done beside the path of events. */
export interface Insight {
  /** What waits and why; some seconds old at the most. */
  backlog(): Promise<BacklogReport>
  /** What was counted since the start, by subject. */
  totals(): readonly CountedTotal[]
  /** How the API calls of each connection are used. */
  budgets(): readonly ApiBudget[]
  /** The last lines of the log, oldest first. */
  logLines(): readonly string[]
  /** Writes down what a person did that changes nothing here. */
  note(deed: Deed): Promise<void>
  /** Has a backup put in the place of the database at the next start; null takes that back. */
  restoreNext(file: string | null, who: string): Promise<Commanded<null>>
  readonly records: {
    /** Both records of a pair as they are now, field by field; asks both systems, and writes nothing. */
    compare(ref: RecordRef): Promise<Commanded<RecordComparison>>
    /** Has a record's current values carried over by the usual path; answers the events that do it. */
    sync(ref: RecordRef, from: SyncFrom, who: string): Promise<Commanded<readonly EventId[]>>
  }
}

/** What can be asked of replays besides ordering one. */
export interface Replays {
  /** What a replay would do to each record, by a dry run against both systems; nothing is written. In the order of `deliveryIds`. */
  preview(order: {
    readonly deliveryIds: readonly DeliveryId[]
    readonly mode: ReplayMode
    readonly payload?: Values | undefined
  }): Promise<readonly ReplayPreview[]>
  /** Takes writes back from their before-images, where the records were not touched since; runs in the background. */
  undo(request: UndoRequest, who: string): Promise<Commanded<ReplayId>>
  control(id: ReplayId, what: 'pause' | 'resume' | 'cancel', who: string): Promise<Commanded<null>>
}

/** What is to be given up, said in one of these ways; with a reason. */
export interface DiscardOrder {
  readonly group?: FailureGroupKey | undefined
  /** Dead letters of events that it finds. */
  readonly filter?: EventCriteria | undefined
  readonly failures?: FailureCriteria | undefined
  readonly deliveryIds?: readonly DeliveryId[] | undefined
  /** Left out although they match. */
  readonly exclude?: readonly DeliveryId[] | undefined
  readonly reason: string
}

/** What people do with dead letters besides replaying them. */
export interface Failures {
  discard(order: DiscardOrder, who: string): Promise<Commanded<{ discardId: number; discarded: number }>>
  /** Takes a discard back, as a whole or for one delivery; `kept` are those that were replayed meanwhile. */
  restore(
    what: { readonly discardId?: number | undefined; readonly deliveryId?: DeliveryId | undefined },
    who: string,
  ): Promise<Commanded<{ restored: number; kept: number }>>
}

/** Filters that people save under a name. */
export interface Views {
  save(view: { readonly name: string; readonly filter: string }, who: string): Promise<Commanded<SavedView>>
  /** Answers with those that are left. */
  remove(name: string, who: string): Promise<Commanded<readonly SavedView[]>>
}

/** Events that people keep as test cases for mappings. */
export interface Samples {
  /** Keeps an event, or gives it another name. */
  save(eventId: EventId, name: string, who: string): Promise<Commanded<Sample>>
  /** Answers false when it was none. */
  remove(eventId: EventId, who: string): Promise<boolean>
}

/** What people do with mappings and routes besides saving them. */
export interface Configuring {
  readonly schemas: {
    /** `refresh`: ask the system even if its last word is fresh. Without an answer, the last one is given with its age. */
    entities(id: ConnectionId, refresh: boolean): Promise<Commanded<EntityList>>
    describe(id: ConnectionId, entity: string, refresh: boolean): Promise<Commanded<EntitySchema>>
  }
  readonly trials: {
    check(document: MappingDocument): Promise<MappingCheck>
    preview(document: MappingDocument, record: EventRecord): Promise<Commanded<MappingPreview>>
    /** Compares with the newest stored version; ends early when `signal` says so. */
    backtest(
      document: MappingDocument,
      records: readonly EventRecord[],
      signal: AbortSignal | undefined,
    ): Promise<MappingBacktest>
  }
  /** Stores an old version as the newest one. */
  rollBack(id: MappingId, version: number, note: string, who: string): Promise<Commanded<MappingVersion>>
  /** Answers how many deliveries had not ended; with any, it is refused unless `withOpen`. */
  removeRoute(id: RouteId, withOpen: boolean, who: string): Promise<Commanded<number>>
  importConfiguration(text: string, dryRun: boolean, who: string): Promise<Commanded<ImportReceipt>>
}

/** How a test of a channel went, in words. */
export interface ChannelTest {
  readonly ok: boolean
  readonly sentence: string
  readonly fix: string | null
}

/** The ways in which people are told. */
export interface Channels {
  /** By name; of secrets, whether they are set. */
  reports(): readonly ChannelReport[]
  /** Secrets that are not given stay as they are; a webhook without a signing secret gets one. */
  save(channel: Channel, secrets: Readonly<Record<string, string>>, who: string): Promise<Commanded<Channel>>
  /** Removes it from the rules as well; answers whether it was there. */
  remove(id: ChannelId, who: string): Promise<boolean>
  /** Sends a message now; a channel that is switched off can be tested, too. */
  test(id: ChannelId, who: string): Promise<Commanded<ChannelTest>>
  /** Makes a webhook's signing secret anew, and tells it this once. */
  renewSecret(id: ChannelId, who: string): Promise<Commanded<string>>
}

/** What people do with alerts and their rules. */
export interface Alerts {
  /** Says that somebody takes care of it; answers well when somebody did before. */
  acknowledge(id: AlertId, note: string, who: string): Promise<Commanded<null>>
  /** Closes it; it comes back once its cause has been away. */
  resolve(id: AlertId, note: string, who: string): Promise<Commanded<null>>
  /** Answers with the rule as it is stored. */
  saveRule(order: AlertRuleOrder, who: string): Promise<Commanded<AlertRule>>
  /** Its open alerts are resolved. Answers false when there was none. */
  removeRule(id: AlertRuleId, who: string): Promise<boolean>
  /** The rule that an order would store. */
  whole(order: AlertRuleOrder): AlertRule
  /** Why a rule can't be, in a sentence; null when it can. */
  unfit(rule: AlertRule): string | null
  /** What a rule would look at, as things are configured now. */
  watched(rule: AlertRule): readonly WatchedSubject[]
  counts(): AlertCounts
}

/** The relay as the host sees it: commands here, lists through the read-only database. */
export interface Relay {
  /** File that read-only connections open. */
  readonly databaseFile: string
  health(): Health
  /** Whether any route is configured. */
  hasRoutes(): boolean
  /** Whether a mapping of this id is stored, in whatever version. */
  hasMapping(id: MappingId): boolean
  /** Calls `listener` after each commit that changed something visible; answers with the way to stop that. */
  onChange(listener: (changes: Changes) => void): () => void
  replay(request: ReplayRequest, who: string): Promise<Commanded<ReplayReceipt>>
  readonly replays: Replays
  readonly failures: Failures
  readonly views: Views
  readonly samples: Samples
  readonly insight: Insight
  readonly alerts: Alerts
  readonly configuring: Configuring
  readonly channels: Channels
  /** Takes a person's choices between the values of a parked delivery, and sends it on. */
  resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>>
  /** Lets a parked delivery go on; answers how many were released with it. */
  releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>>
  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>>
  /** Gives up many, a few in each transaction; `kept` are those that had ended or were being sent when their turn came. */
  cancelDeliveries(
    ids: readonly DeliveryId[],
    reason: string,
    who: string,
  ): Promise<Commanded<{ cancelled: number; kept: number }>>
  saveConnection(connection: Connection, secrets: Record<string, string>, who: string): Promise<Commanded<Connection>>
  /**
   * Removes a connection and its secrets; refused while a route or a source uses it. Answers how many deliveries to it had not ended and
   * were cancelled; with any, it is refused unless `withOpen`.
   */
  removeConnection(id: ConnectionId, withOpen: boolean, who: string): Promise<Commanded<number>>
  testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>>
  /** Asks a system what was changed, and takes in what nobody has announced; answers how many changes these were. */
  findMissed(id: ConnectionId): Promise<Commanded<number>>
  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>>
  /** Removes a source and its secrets. What it brought stays. */
  removeSource(id: SourceId, who: string): Promise<Commanded<SourceId>>
  /** Tries a source; on the way it mends callbacks that are missing or switched off. */
  testSource(id: SourceId): Promise<Commanded<readonly Check[]>>
  saveRoute(route: Route, who: string): Promise<Commanded<Route>>
  saveMapping(document: MappingDocument, note: string, who: string): Promise<Commanded<MappingVersion>>
  /** The database, its room, its backups and how it is. */
  storage(): StorageReport
  saveStorage(settings: StorageSettings, who: string): Promise<Commanded<StorageSettings>>
  /** Makes a backup beside the work, and answers once it was checked. */
  backUp(who: string): Promise<Commanded<BackupFile>>
  /** Looks through the whole database, beside the work. */
  checkStorage(): Promise<Commanded<UpkeepResult>>
  /** Pauses something; resolves when nothing new that it forbids is sent any more. */
  pause(target: PauseTarget, reason: string, who: string): Promise<Commanded<PauseReceipt>>
  /** Ends a pause; answers with those that are left. */
  resume(target: PauseTarget, who: string): Promise<Commanded<readonly Pause[]>>
}

/** What was asked of the simulated systems, traffic and what is broken on each side; and what the real workspace holds meanwhile. */
export interface SandboxMood extends Pick<SandboxInfo, 'real'> {
  readonly perMinute: number
  readonly faults: { readonly salesforce: string | null; readonly connectwise: string | null }
}

/** The passphrase for the key to the stored passwords. */
export interface Recovery {
  /** @throws PlainError when the recovery file is damaged. */
  state(): RecoveryState
  /** Closes a copy of the key with it, in place of the copy before. */
  set(passphrase: string): Promise<RecoveryState>
}

/** The relay together with the choice of world it works in. */
export interface Workspaces {
  /** The relay at work now; another one after a switch. */
  readonly relay: Relay
  readonly recovery: Recovery
  /** Calls `listener` when `relay` has become another one. */
  onSwitch(listener: () => void): () => void
  startSandbox(): Promise<void>
  leaveSandbox(): Promise<void>
  /** Let simulated people make `perMinute` changes; refused outside the sandbox. */
  setTraffic(perMinute: number): Promise<Commanded<null>>
  /** Switches a fault on or off beside the others; null heals everything. */
  setFault(system: 'salesforce' | 'connectwise', fault: string | null, isOn: boolean): Promise<Commanded<null>>
  /** What the simulated systems are up to and hold; refused outside the sandbox. */
  sandboxState(query: SandboxQuery): Promise<Commanded<SandboxState>>
  /** Has one simulated person do something; refused outside the sandbox. */
  actInSandbox(deed: SandboxDeed): Promise<Commanded<SimulatedRecord>>
}
