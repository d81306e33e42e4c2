import { SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { destinationSystem } from '#renderer/state/event-story.ts'
import { afterValues } from '#renderer/state/field-rows.ts'
import type { Attempt, DeliveryDetail } from '#shared/domain/delivery.ts'
import { otherSystem, systemTitle, type Values } from '#shared/domain/record.ts'
import { deliveryTitle } from './delivery-card.tsx'
import { FieldTable } from './field-table.tsx'
import { ValuesView } from './values-view.tsx'
import styles from './values-tab.module.css'

type Part = 'changes' | 'source' | 'mapped' | 'before' | 'after'

/** What an attempt read, what the mapping made of it, and the record at the other side before and after. */
export function ValuesTab({ event }: { event: EventDetail }) {
  const [part, setPart] = useState<Part>('changes')
  const [chosen, setChosen] = useState<string | null>(null)
  const tries = event.deliveries
    .flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })))
    .toReversed()
  const shown = tries.find(({ attempt }) => String(attempt.id) === chosen) ?? tries[0]
  if (shown === undefined) {
    return (
      <EmptyState icon="mappings" title="No values yet">
        Once a delivery of this event has been tried, you see here what it read, what the mapping made of it, and what
        that changed.
      </EmptyState>
    )
  }
  const { attempt, delivery } = shown
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Which values"
          value={part}
          onChange={(value) => setPart(parts.find((one) => one.value === value)?.value ?? 'changes')}
          data={parts.map(({ label, value }) => ({ label, value }))}
        />
        {tries.length > 1 && (
          <Select
            size="xs"
            className={styles.tries ?? ''}
            aria-label="Of which attempt"
            allowDeselect={false}
            value={String(attempt.id)}
            onChange={setChosen}
            data={tries.map((one) => ({
              value: String(one.attempt.id),
              label: `${deliveryTitle(one.delivery)}, attempt ${one.attempt.number}`,
            }))}
          />
        )}
      </div>
      {part === 'changes' ? (
        <Changes attempt={attempt} delivery={delivery} />
      ) : (
        <Whole key={`${attempt.id} ${part}`} part={part} attempt={attempt} delivery={delivery} />
      )}
    </>
  )
}

const parts: readonly { readonly value: Part; readonly label: string }[] = [
  { value: 'changes', label: 'Changes' },
  { value: 'source', label: 'Source' },
  { value: 'mapped', label: 'Mapped' },
  { value: 'before', label: 'Before' },
  { value: 'after', label: 'After' },
]

interface Props {
  readonly attempt: Attempt
  readonly delivery: DeliveryDetail
}

function Changes({ attempt, delivery }: Props) {
  const to = systemTitle[destinationSystem(delivery)]
  const sentence =
    attempt.mappedValues === null
      ? 'The attempt ended before the mapping made anything of the record.'
      : attempt.changes.length === 0
        ? `${to} had all of these values already, so nothing was sent.`
        : attempt.result === 'failed'
          ? `What would have been written to ${to}; the attempt failed.`
          : `What was written to ${to}, changed fields first.`
  return (
    <div className={styles.changes}>
      <p className={styles.sentence}>{sentence}</p>
      {attempt.mappedValues !== null && <FieldTable attempt={attempt} system={destinationSystem(delivery)} />}
    </div>
  )
}

function Whole({ part, attempt, delivery }: Props & { part: Exclude<Part, 'changes'> }) {
  const system = destinationSystem(delivery)
  const [values, sentence, missing] = describe(part, attempt, systemTitle[system], systemTitle[otherSystem(system)])
  if (values === null) return <p className={styles.sentence}>{missing}</p>
  return (
    <>
      <p className={styles.sentence}>{sentence}</p>
      <ValuesView label={sentence} values={values} />
    </>
  )
}

/** The values of a part, what they are, and what to say where there are none. */
function describe(
  part: Exclude<Part, 'changes'>,
  attempt: Attempt,
  to: string,
  from: string,
): readonly [Values | null, string, string] {
  switch (part) {
    case 'source':
      return [
        attempt.sourceValues,
        `The record in ${from} as the mapping read it.`,
        `The attempt ended before it read the record in ${from}.`,
      ]
    case 'mapped':
      return [
        attempt.mappedValues,
        `What the mapping made of it for ${to}.`,
        'The attempt ended before the mapping made anything.',
      ]
    case 'before':
      return [
        attempt.beforeValues,
        `The record in ${to} before the attempt.`,
        attempt.result === 'succeeded'
          ? `There was no record in ${to} before.`
          : `The attempt ended before it read a record in ${to}.`,
      ]
    case 'after':
      return [
        afterValues(attempt),
        `The record in ${to} with what was written.`,
        `Nothing was written to ${to} by this attempt.`,
      ]
  }
}
