import { app, powerMonitor, powerSaveBlocker } from 'electron'
import type { HealthBoard } from './relay/health-board.ts'
import type { RelaySide } from './relay/relay-side.ts'

/** Tells the relay of the machine's sleep, and keeps the machine from falling asleep by itself while deliveries are on the way. */
export function mindPower(relay: RelaySide, health: HealthBoard): void {
  powerMonitor.on('suspend', () => relay.suspend())
  powerMonitor.on('resume', () => relay.resume())
  // Linux and macOS are going down (Windows tells its windows); what can't be finished in its time is a crash to the relay, which it survives.
  powerMonitor.on('shutdown', () => app.quit())

  let blocker: number | null = null
  const look = () => {
    const { leased = 0, pending = 0 } = (relay.status.phase === 'ready' && health.now?.queue) || {}
    // What waits for a retry may wait for hours; the machine may sleep through that.
    const hasWork = leased + pending > 0 && health.now?.pauses.some(({ scope }) => scope === 'everything') === false
    if (hasWork && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (hasWork || blocker === null) return
    powerSaveBlocker.stop(blocker)
    blocker = null
  }
  health.onChange(look)
  relay.onStatus(look)
}
