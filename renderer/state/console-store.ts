import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import { createAlertsSlice } from './alerts/alerts-slice.ts'
import { createConnectionsSlice } from './connections-slice.ts'
import { toolsFor } from './console-state.ts'
import type { ConsoleState } from './console-state.ts'
import { createEventSlice } from './event-slice.ts'
import { createFailuresSlice } from './failures-slice.ts'
import { createLiveSlice } from './live-slice.ts'
import { createMappingsSlice } from './mappings/mappings-slice.ts'
import { createNoticesSlice } from './notices-slice.ts'
import { createPaletteSlice } from './palette-slice.ts'
import { createPausesSlice } from './pauses-slice.ts'
import { createPacer } from './pace.ts'
import { createRecordsSlice } from './records-slice.ts'
import { createRelaySlice } from './relay-slice.ts'
import { createReplaySlice } from './replay-slice.ts'
import { createRoutesSlice } from './routes-slice.ts'
import { createSandboxSlice } from './sandbox-slice.ts'
import { showToast } from './show-toast.ts'
import { createTimeSlice } from './time-slice.ts'

export type ConsoleStore = StoreApi<ConsoleState>

/** However much is pushed, it and all else that moves on a screen make at most ten paints a second. */
const paintEveryMs = 120

/** All slices in one store, on one client. */
export function createConsoleStore({ call }: HostClient): ConsoleStore {
  return createStore<ConsoleState>((set, get) => ({
    relay: createRelaySlice(toolsFor('relay', call, set, get)),
    live: createLiveSlice(toolsFor('live', call, set, get)),
    event: createEventSlice(toolsFor('event', call, set, get)),
    failures: createFailuresSlice(toolsFor('failures', call, set, get)),
    connections: createConnectionsSlice(toolsFor('connections', call, set, get)),
    pauses: createPausesSlice(toolsFor('pauses', call, set, get)),
    replay: createReplaySlice(toolsFor('replay', call, set, get)),
    mappings: createMappingsSlice(toolsFor('mappings', call, set, get)),
    routes: createRoutesSlice(toolsFor('routes', call, set, get)),
    palette: createPaletteSlice(toolsFor('palette', call, set, get)),
    sandbox: createSandboxSlice(toolsFor('sandbox', call, set, get)),
    notices: createNoticesSlice(toolsFor('notices', call, set, get)),
    records: createRecordsSlice(toolsFor('records', call, set, get)),
    time: createTimeSlice(toolsFor('time', call, set, get)),
    alerts: createAlertsSlice(toolsFor('alerts', call, set, get)),
  }))
}

/** Feeds the store with what the host pushes; answers with the way to stop. */
export function feedConsole(client: HostClient, store: ConsoleStore): () => void {
  const pushes = createPacer<LiveMessage>(paintEveryMs, (messages) => takeMessages(store.getState(), messages))
  const unwatch = client.watch(
    (message) => pushes.add(message),
    (link, refusal) => store.getState().relay.linkIs(link, refusal),
  )
  return () => {
    unwatch()
    pushes.stop()
  }
}

/** Takes a batch of pushes in order. */
export function takeMessages(state: ConsoleState, messages: readonly LiveMessage[]): void {
  let health: (LiveMessage & { type: 'hello' | 'health' }) | null = null
  let events: EventSummary[] = []
  let anew = false
  for (const message of messages) {
    if (message.type === 'events') events.push(...message.events)
    else if (message.type === 'toast') showToast(message.toast, state.notices)
    else health = message
    if (message.type === 'hello' && !message.resumed) {
      anew = true
      events = []
    }
  }
  if (health) state.relay.hear(health.health)
  if (anew) loadAnew(state)
  if (events.length === 0) return
  state.live.push(events)
  state.event.push(events)
  state.failures.push(events)
  state.records.push(events)
}

/** Too much was missed to be sent after: what is on the screen is loaded again. */
function loadAnew(state: ConsoleState): void {
  state.relay.missed()
  void state.live.reload()
  void state.event.reload()
  void state.failures.reload()
  if (state.connections.loaded) void state.connections.reload()
}
