import { Button, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { showTime } from '#renderer/parts/time-format.ts'
import { addressOf } from '#renderer/state/place.ts'
import { comparedPairs, isDifferent } from '#renderer/state/record-fields.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { titleOf } from '#renderer/state/record-story.ts'
import { count } from '#renderer/state/wording.ts'
import {
  syncFrom,
  type KnownRecord,
  type RecordComparison,
  type RecordDetail,
  type SyncFrom,
} from '#shared/domain/known-record.ts'
import { otherSystem, systemTitle, type RecordRef } from '#shared/domain/record.ts'
import styles from './sync-button.module.css'

interface Props {
  readonly record: RecordDetail
  /** The side that the person has open. */
  readonly ordered: RecordRef
  readonly comparison: RecordComparison | null
}

/** Has the current values of one side, or of both, carried over; says before what that will do. */
export function SyncButton({ record, ordered, comparison }: Props) {
  const [run, busy] = useAction()
  const choices = syncFrom.options.filter((from) =>
    from === 'both' ? record.salesforce !== null && record.connectwise !== null : record[from] !== null,
  )
  const [chosen, setChosen] = useState<SyncFrom>(choices.includes('both') ? 'both' : ordered.system)
  const order = () =>
    run(
      'The sync could not be ordered.',
      (call) => call.records.sync({ ...ordered, from: chosen }),
      ({ eventIds }) => ({
        sentence: eventIds.length === 1 ? 'The sync is on its way.' : 'The syncs of both sides are on their way.',
        ...(eventIds[0] !== undefined && {
          link: { label: 'See the event', hash: addressOf('live', [eventIds[0]]) },
        }),
      }),
    )
  return (
    <Confirm
      title={`Sync ${titleOf(record, ordered)} now`}
      consequence={
        <div className={styles.choice}>
          <Radio.Group
            label="Whose values are carried over"
            value={chosen}
            onChange={(value) => setChosen(syncFrom.parse(value))}
          >
            <Stack gap={12} mt={8}>
              {choices.map((from) => (
                <Radio key={from} value={from} label={labelOf(from)} description={meaningOf(from, record)} />
              ))}
            </Stack>
          </Radio.Group>
          <p>{foundOf(comparison)}</p>
        </div>
      }
      confirm={{ label: 'Sync now' }}
      onConfirm={order}
      trigger={(open) => (
        <Button size="xs" loading={busy} onClick={open}>
          Sync now…
        </Button>
      )}
    />
  )
}

function labelOf(from: SyncFrom): string {
  if (from === 'both') return 'Both ways'
  return `${systemTitle[from]}’s, to ${systemTitle[otherSystem(from)]}`
}

function meaningOf(from: SyncFrom, record: KnownRecord): string {
  if (from === 'both') {
    return 'Each side’s changes since they were last in step go to the other. Where both changed a field, the mapping decides.'
  }
  const to = otherSystem(from)
  const there = record[to]
  if (there === null) return `A new record is created in ${systemTitle[to]}, unless its twin is found there.`
  return `Reads the ${record[from]?.entity ?? 'record'} and writes the fields that differ to ${there.entity} ${there.id}.`
}

function foundOf(comparison: RecordComparison | null): string {
  if (comparison === null) return '“Compare now” shows first what differs, and writes nothing.'
  const many = comparedPairs(comparison).filter(isDifferent).length
  const found = many === 0 ? 'nothing differed' : count(many, 'field differed', 'fields differed')
  return `When compared at ${showTime.clock(comparison.comparedAt)}, ${found}.`
}
