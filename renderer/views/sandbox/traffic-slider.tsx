import { Slider } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { markOf, trafficMarks } from './sandbox-choices.ts'

interface Props {
  /** Changes a minute that run now; null when nobody said. */
  readonly now: number | null
  readonly color: string
  readonly className?: string | undefined
  /** Hears of the mark under the thumb while it is moved. */
  readonly onMark?: (mark: number) => void
}

/** How fast simulated people work. Speeds differ by powers, so the slider goes by marks. */
export function TrafficSlider({ now, color, className = '', onMark }: Props) {
  const change = useConsole((state) => state.sandbox.traffic)
  const markNow = markOf(now)
  const [mark, setMark] = useState(markNow)
  useEffect(() => setMark(markNow), [markNow])
  return (
    <Slider
      className={className}
      size="sm"
      color={color}
      thumbLabel="Simulated changes a minute"
      thumbValueText={() => `${trafficMarks[mark]?.perMinute ?? 0} a minute`}
      label={null}
      min={0}
      max={trafficMarks.length - 1}
      value={mark}
      onChange={(chosen) => {
        setMark(chosen)
        onMark?.(chosen)
      }}
      onChangeEnd={(chosen) => void change(trafficMarks[chosen]?.perMinute ?? 0)}
    />
  )
}

/** A speed in short. */
export function speedWords(perMinute: number): string {
  return perMinute === 0 ? 'off' : `${perMinute.toLocaleString('en')}/min`
}
