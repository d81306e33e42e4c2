import { useSyncExternalStore } from 'react'

/** How often what tells an age is drawn anew (ms). */
const everyMs = 5_000

const listeners = new Set<() => void>()
let now = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time of day, moving on by seconds while `isWanted`; one timer serves all who ask. */
export function useNow(isWanted: boolean): number {
  return useSyncExternalStore(isWanted ? follow : rest, isWanted ? read : zero)
}

function follow(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(tick, everyMs)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    now = 0
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** Before the first tick, the time of the first look. */
function read(): number {
  if (now === 0) now = Date.now()
  return now
}

function rest(): () => void {
  return () => {}
}

function zero(): number {
  return 0
}
