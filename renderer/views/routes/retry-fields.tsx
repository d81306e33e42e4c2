import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { durationMs, durationOf, type DurationUnit } from '#renderer/state/durations.ts'
import { retryWords } from '#renderer/state/route-words.ts'
import type { RetryPolicy } from '#shared/domain/route.ts'
import styles from './delivery-rules.module.css'

interface Props {
  readonly policy: RetryPolicy
  readonly onChange: (policy: RetryPolicy) => void
}

/** How often and how long a delivery is tried by itself, as a sentence with gaps. */
export function RetryFields({ policy, onChange }: Props) {
  return (
    <fieldset className={styles.group}>
      <legend>Retries</legend>
      <div className={styles.retry}>
        <span>Up to</span>
        <NumberInput
          className={styles.small ?? ''}
          size="xs"
          aria-label="Most tries"
          min={1}
          max={100}
          allowDecimal={false}
          value={policy.maxAttempts}
          onChange={(typed) => typeof typed === 'number' && onChange({ ...policy, maxAttempts: typed })}
        />
        <span>tries within</span>
        <DurationInput
          label="Longest time to try"
          units={['minutes', 'hours', 'days']}
          value={policy.maxAgeMs}
          onChange={(maxAgeMs) => onChange({ ...policy, maxAgeMs })}
        />
      </div>
      <div className={styles.retry}>
        <span>Waits between them from about</span>
        <DurationInput
          label="First wait"
          units={['seconds', 'minutes']}
          value={policy.baseMs}
          onChange={(baseMs) => onChange({ ...policy, baseMs })}
        />
        <span>up to</span>
        <DurationInput
          label="Longest wait"
          units={['seconds', 'minutes', 'hours']}
          value={policy.capMs}
          onChange={(capMs) => onChange({ ...policy, capMs })}
        />
      </div>
      <span className={styles.help}>
        {retryWords(policy)} Waiting for a paused, limited or signed-out system costs no try. After the last one it is a
        dead letter, to be replayed.
      </span>
    </fieldset>
  )
}

function DurationInput({
  label,
  units,
  value,
  onChange,
}: {
  readonly label: string
  readonly units: readonly DurationUnit[]
  readonly value: number
  readonly onChange: (ms: number) => void
}) {
  const [kept, keep] = useState(durationOf(value).unit)
  // What a person types stays in the unit they chose: 48 hours don't turn into 2 days under their hands.
  const inKept = value / durationMs({ amount: 1, unit: kept })
  const { amount, unit } = Number.isInteger(inKept) ? { amount: inKept, unit: kept } : durationOf(value)
  return (
    <>
      <NumberInput
        className={styles.small ?? ''}
        size="xs"
        aria-label={label}
        min={1}
        max={10_000}
        value={amount}
        onChange={(typed) => typeof typed === 'number' && typed > 0 && onChange(durationMs({ amount: typed, unit }))}
      />
      <Select
        className={styles.unit ?? ''}
        size="xs"
        aria-label={`${label}, unit`}
        allowDeselect={false}
        data={[...new Set([...units, unit])]}
        value={unit}
        onChange={(chosen) => {
          const next = units.find((one) => one === chosen)
          if (next === undefined) return
          keep(next)
          onChange(durationMs({ amount, unit: next }))
        }}
      />
    </>
  )
}
