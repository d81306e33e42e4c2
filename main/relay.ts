import type { Check } from '#main/connectors/connector.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Health } from '#shared/domain/health.ts'
import type { ConnectionId, DeliveryId, EventId, MappingId, ReplayId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { Pause, PauseReceipt, PauseTarget } from '#shared/domain/pause.ts'
import type { Values } from '#shared/domain/record.ts'
import type { ReplayMode, ReplayPreview, ReplayReceipt, ReplayRequest, UndoRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'
import type { BackupFile, StorageReport, StorageSettings, UpkeepResult } from '#shared/domain/storage.ts'

/** What changed in one commit, for whoever shows it. */
export interface Changes {
  readonly events: readonly EventId[]
  /** Something that the health page shows has changed. */
  readonly health: boolean
}

/** A command's answer: done, or refused with a reason for the person who asked. */
export type Commanded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'CONFLICT' | 'INVALID'; readonly reason: string }

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
  /** Takes a person's choices between the values of a parked delivery, and sends it on. */
  resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>>
  /** Lets a parked delivery go on; answers how many were released with it. */
  releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>>
  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>>
  saveConnection(connection: Connection, secrets: Record<string, string>, who: string): Promise<Commanded<Connection>>
  testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>>
  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>>
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

/** What was asked of the simulated systems: traffic, and what is broken on each side. */
export interface SandboxMood {
  readonly perMinute: number
  readonly faults: { readonly salesforce: string | null; readonly connectwise: string | null }
}

/** The relay together with the choice of world it works in. */
export interface Workspaces {
  /** The relay at work now; another one after a switch. */
  readonly relay: Relay
  /** Calls `listener` when `relay` has become another one. */
  onSwitch(listener: () => void): () => void
  startSandbox(): Promise<void>
  leaveSandbox(): Promise<void>
  /** Let simulated people make `perMinute` changes; refused outside the sandbox. */
  setTraffic(perMinute: number): Promise<Commanded<null>>
  setFault(system: 'salesforce' | 'connectwise', fault: string | null): Promise<Commanded<null>>
}
