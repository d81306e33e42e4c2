import { Progress } from '@mantine/core'
import { useMemo } from 'react'
import { Chart, type ChartLine } from '#renderer/parts/chart.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { forecastSentence, roomCurve, sizeSteps } from '#renderer/state/storage-words.ts'
import type { StorageReport } from '#shared/domain/storage.ts'
import { UpkeepLine } from './upkeep-line.tsx'
import sectionStyles from './section.module.css'
import styles from './room-panel.module.css'

/** How full the database is, when it will be full, and how it came there. */
export function RoomPanel({ report, now }: { report: StorageReport; now: number }) {
  const { diskFreeBytes, settings, usedBytes } = report
  const share = Math.min(100, (100 * usedBytes) / settings.maxBytes)
  return (
    <Panel>
      <div className={sectionStyles.stack}>
        <p className={sectionStyles.strong}>{forecastSentence(report, now)}</p>
        <Progress value={share} size="lg" aria-label="Used of the limit, per cent" />
        <div className={styles.figures}>
          <span>
            <strong>{showSize(usedBytes)}</strong> in use
          </span>
          <span>
            of <strong>{showSize(settings.maxBytes)}</strong> that it may take
          </span>
          <span className={styles.right}>
            {diskFreeBytes === null ? (
              'The disk does not say how much is free.'
            ) : (
              <>
                <strong>{showSize(diskFreeBytes)}</strong> free on the disk
              </>
            )}
          </span>
        </div>
        <Curve report={report} now={now} />
        <UpkeepLine result={report.lastRetention} none="Nothing was old enough to be taken away so far." />
      </div>
    </Panel>
  )
}

function Curve({ report, now }: { report: StorageReport; now: number }) {
  const drawing = useMemo(() => {
    const curve = roomCurve(report, now)
    if (curve === null) return null
    const lines: readonly ChartLine[] = [
      { label: 'In use', colour: '--accent', values: curve.used, filled: true },
      { label: 'At this pace', colour: '--ink-soft', values: curve.expected },
    ]
    const thresholds = curve.limit === null ? [] : [{ label: 'Limit', value: curve.limit }]
    return { times: curve.times, lines, thresholds }
  }, [report, now])
  if (drawing === null) return null
  return (
    <Chart
      label="What the database held day by day, and what it will hold at this pace"
      times={drawing.times}
      lines={drawing.lines}
      thresholds={drawing.thresholds}
      height={150}
      write={(bytes) => showSize(Math.round(bytes))}
      steps={sizeSteps}
    />
  )
}
