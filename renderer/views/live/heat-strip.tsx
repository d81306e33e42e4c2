import { SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { withTimes } from '#renderer/state/filter-chips.ts'
import {
  heatBuckets,
  heatRanges,
  liesInLastHour,
  rangeFor,
  timesOf,
  windowOn,
  type HeatBucket,
} from '#renderer/state/heat.ts'
import { filterLive } from '#renderer/state/live-place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import { HeatBars } from './heat-bars.tsx'
import styles from './heat-strip.module.css'

/** ms between two looks at how many came in when. */
const lookEveryMs = 5_000

/** How many events of the filter came in when; a click or a drag shows those of a stretch of time alone. */
export function HeatStrip() {
  const { text, criteria } = useConsole((state) => state.live.filter)
  const [openedAt] = useState(() => Date.now())
  const [chosen, choose] = useState<number | null>(null)
  const [isYoung, setYoung] = useState(false)
  const fitting = isYoung && criteria.since === undefined ? heatRanges[0] : rangeFor(criteria, openedAt)
  const range = heatRanges.find((one) => one.hours === chosen) ?? fitting
  const { hours, buckets } = range
  const histogram = useAnswer(
    `histogram ${hours} ${withTimes(text, null)}`,
    (call) => {
      const { since: _since, until: _until, ...wanted } = criteria
      return call.events.histogram({ ...wanted, hours, buckets })
    },
    lookEveryMs,
  )
  const bars = useMemo(() => (histogram.value === null ? [] : heatBuckets(histogram.value)), [histogram.value])
  // On the first day all lies in the last hour, and would be a single bar.
  const isFirstHour = hours === 24 && liesInLastHour(bars)
  useEffect(() => {
    if (isFirstHour) setYoung(true)
  }, [isFirstHour])
  const first = bars[0]
  const last = bars.at(-1)
  const shown = first && last ? windowOn(criteria, { from: first.from, to: last.to }, last.to) : null
  return (
    <section className={styles.strip} aria-label="When events came in">
      {first === undefined && histogram.failed !== null && (
        <p className={styles.note}>How many came in when could not be counted. The list is complete all the same.</p>
      )}
      <HeatBars
        key={hours}
        label={summary(bars, range.words)}
        bars={bars}
        shown={shown}
        countedFrom={histogram.value?.countedFrom ?? 0}
        onPick={(from, to) => filterLive(withTimes(text, timesOf(from, to)))}
        onClear={() => filterLive(withTimes(text, null))}
      />
      <SegmentedControl
        className={styles.range ?? ''}
        size="xs"
        aria-label="How far back"
        value={String(hours)}
        onChange={(value) => choose(Number(value))}
        data={heatRanges.map((one) => ({ value: String(one.hours), label: one.label }))}
      />
    </section>
  )
}

function summary(bars: readonly HeatBucket[], words: string): string {
  const sum = (of: 'total' | 'failed') => bars.reduce((all, bar) => all + bar[of], 0)
  return `${count(sum('total'), 'event')} in ${words}, ${sum('failed').toLocaleString('en')} failed`
}
