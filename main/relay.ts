import type { Check } from '#main/connectors/connector.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Health } from '#shared/domain/health.ts'
import type { ConnectionId, DeliveryId, EventId, MappingId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'

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
  cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>>
  saveConnection(connection: Connection, secrets: Record<string, string>, who: string): Promise<Commanded<Connection>>
  testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>>
  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>>
  /** Tries a source; on the way it mends callbacks that are missing or switched off. */
  testSource(id: SourceId): Promise<Commanded<readonly Check[]>>
  saveRoute(route: Route, who: string): Promise<Commanded<Route>>
  saveMapping(document: MappingDocument, note: string, who: string): Promise<Commanded<MappingVersion>>
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
