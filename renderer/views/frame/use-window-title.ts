import { useEffect } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Place } from '#renderer/state/place.ts'
import { windowTitle } from '#renderer/state/screen-titles.ts'

/** Keeps the title of the window to what is in sight. */
export function useWindowTitle(place: Place): void {
  const failing = useConsole(({ relay }) => (relay.health?.queue.dead ?? 0) + (relay.health?.queue.parked ?? 0))
  const alerts = useConsole(({ relay }) => relay.health?.alerts)
  const isSandbox = useConsole(({ relay }) => relay.health?.workspace === 'sandbox')
  useEffect(() => {
    document.title = windowTitle(place, { failing, alerts }, isSandbox)
  }, [place, failing, alerts, isSandbox])
}
