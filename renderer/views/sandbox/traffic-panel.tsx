import { useEffect, useState } from 'react'
import { Panel } from '#renderer/parts/panel.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { trafficNow } from '#renderer/state/sandbox-slice.ts'
import { markOf, trafficMarks } from './sandbox-choices.ts'
import { speedWords, TrafficSlider } from './traffic-slider.tsx'
import styles from './traffic-panel.module.css'

/** How fast simulated people work, and what that is like. */
export function TrafficPanel() {
  const info = useConsole((state) => state.relay.health?.sandbox ?? null)
  const now = useConsole((state) => (info === null ? null : trafficNow(info, state.sandbox)))
  const markNow = markOf(now)
  const [mark, setMark] = useState(markNow)
  useEffect(() => setMark(markNow), [markNow])
  const chosen = trafficMarks[mark]
  return (
    <Panel label="Traffic">
      <div className={styles.head}>
        <h2>Traffic</h2>
        <span className={styles.words}>{chosen?.words}</span>
        <b className={styles.speed}>{speedWords(chosen?.perMinute ?? 0)}</b>
      </div>
      <TrafficSlider now={now} color="orange" onMark={setMark} />
    </Panel>
  )
}
