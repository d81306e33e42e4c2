import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { ConsoleState } from './console-state.ts'
import type { ConsoleStore } from './console-store.ts'
import { placeOf } from './place.ts'
import type { Place } from './place.ts'

export const ConsoleContext = createContext<ConsoleStore | null>(null)

/** Reads from the console's state and renders again when the answer changes. */
export function useConsole<Answer>(selector: (state: ConsoleState) => Answer): Answer {
  const store = useContext(ConsoleContext)
  if (store === null) throw new Error('useConsole needs a ConsoleContext above it')
  return useStore(store, selector)
}

export const ClientContext = createContext<HostClient | null>(null)

/** Every method of the contract, for questions and actions that belong to one screen alone. */
export function useCall(): HostClient['call'] {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('useCall needs a ClientContext above it')
  return client.call
}

/** Where the person is, from the address. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(watchHash, () => window.location.hash)
  return useMemo(() => placeOf(hash), [hash])
}

function watchHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** Goes to an address of the console. With `replace`, Back leads past the place that is left. */
export function goTo(hash: string, replace = false): void {
  if (replace) window.location.replace(hash)
  else window.location.hash = hash
}
