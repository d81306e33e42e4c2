import { useEffect, useState } from 'react'
import { Panel } from '#renderer/parts/panel.tsx'
import { markOf, trafficMarks } from './sandbox-choices.ts'
import { speedWords, TrafficSlider } from './traffic-slider.tsx'
import styles from './traffic-panel.module.css'

/** How fast simulated people work, and what that is like. */
export function TrafficPanel({ perMinute }: { perMinute: number }) {
  const markNow = markOf(perMinute)
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
      <TrafficSlider now={perMinute} color="orange" onMark={setMark} />
    </Panel>
  )
}
