import styles from './sparkline.module.css'

interface Props {
  /** What it shows, in words, for those who don't see it. */
  readonly label: string
  /** One value for each stretch of time, the oldest first. */
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
}

/** Counts over time as a row of small bars; the last one is the stretch that has begun. */
export function Sparkline({ label, values, width = 120, height = 28 }: Props) {
  const step = width / Math.max(values.length, 1)
  const highest = Math.max(...values, 1)
  return (
    <svg className={styles.spark} width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      <line className={styles.ground} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {values.map((value, index) => {
        const tall = value === 0 ? 0 : Math.max(2, (value / highest) * (height - 3))
        return (
          <rect
            key={index}
            x={index * step}
            y={height - 1 - tall}
            width={Math.max(1, step - 1)}
            height={tall}
            rx={0.5}
          />
        )
      })}
    </svg>
  )
}
