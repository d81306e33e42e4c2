import type { StateCreator } from 'zustand/vanilla'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { AlertsSlice } from './alerts/alerts-slice.ts'
import type { ConnectionsSlice } from './connections-slice.ts'
import type { EventSlice } from './event-slice.ts'
import type { FailuresSlice } from './failures-slice.ts'
import type { LiveSlice } from './live-slice.ts'
import type { MappingsSlice } from './mappings/mappings-slice.ts'
import type { NoticesSlice } from './notices-slice.ts'
import type { PaletteSlice } from './palette-slice.ts'
import type { PausesSlice } from './pauses-slice.ts'
import type { RecordsSlice } from './records-slice.ts'
import type { RelaySlice } from './relay-slice.ts'
import type { ReplaySlice } from './replay-slice.ts'
import type { RoutesSlice } from './routes-slice.ts'
import type { SandboxSlice } from './sandbox-slice.ts'
import type { TimeSlice } from './time-slice.ts'

/** All the console knows, one slice per area. */
export interface ConsoleState {
  readonly relay: RelaySlice
  readonly live: LiveSlice
  readonly event: EventSlice
  readonly failures: FailuresSlice
  readonly connections: ConnectionsSlice
  readonly pauses: PausesSlice
  readonly replay: ReplaySlice
  readonly mappings: MappingsSlice
  readonly routes: RoutesSlice
  readonly palette: PaletteSlice
  readonly sandbox: SandboxSlice
  readonly notices: NoticesSlice
  readonly records: RecordsSlice
  readonly time: TimeSlice
  readonly alerts: AlertsSlice
}

/** What a slice is made from: the client, and its own part of the state to read and change. */
export interface SliceTools<Slice> {
  readonly call: HostClient['call']
  get(): Slice
  set(change: Partial<Slice>): void
  /** The whole state, for the few actions that touch a neighbour. */
  all(): ConsoleState
}

type Store = Parameters<StateCreator<ConsoleState>>

/** Binds a slice's tools to its key in the store. */
export function toolsFor<Key extends keyof ConsoleState>(
  key: Key,
  call: HostClient['call'],
  set: Store[0],
  get: Store[1],
): SliceTools<ConsoleState[Key]> {
  return {
    call,
    all: get,
    get: () => get()[key],
    set: (change) => set((state) => ({ [key]: { ...state[key], ...change } }) as Partial<ConsoleState>),
  }
}
