import { app } from 'electron'
import type { RelaySide } from './relay/relay-side.ts'

/** Windows ends a program that is not gone five seconds after it was told; the relay wants three at most to let go of its calls (ms). */
const boundMs = 4_500

/**
 * Windows shuts down, or its user signs out: it asks every window, and then tells it. Neither is held up, and nobody is asked. From the question
 * on nothing new is sent, so that what is under way may still be answered; should the session not end after all, the relay goes on by itself
 * after half a minute, as after a sleep that did not come. What is cut off has its row, as after a crash.
 */
export function endWithSession(relay: RelaySide): void {
  let isEnding = false
  const end = () => {
    if (isEnding) return
    isEnding = true
    // Not `quit`: there is nobody to wait with, and closing windows may be refused.
    setTimeout(() => app.exit(0), boundMs)
    void relay.stop().finally(() => app.exit(0))
  }
  app.on('browser-window-created', (_event, window) => {
    window.on('query-session-end', () => relay.suspend())
    window.on('session-end', end)
  })
}
