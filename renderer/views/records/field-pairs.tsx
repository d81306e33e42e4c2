import { useState } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { valueText } from '#renderer/state/field-rows.ts'
import {
  comparedPairs,
  isBare,
  isDifferent,
  mappingOf,
  rememberedPairs,
  type FieldPair,
} from '#renderer/state/record-fields.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { comparedWording, count } from '#renderer/state/wording.ts'
import type { RecordComparison, RecordDetail } from '#shared/domain/known-record.ts'
import { RecordSide } from './record-side.tsx'
import styles from './field-pairs.module.css'

interface Props {
  readonly record: RecordDetail
  readonly comparison: RecordComparison | null
  /** Something has happened to the record since it was compared. */
  readonly isOld: boolean
}

/** Both records side by side, field by field: as they were just read, or else as Patchbay remembers them from the last sync. */
export function FieldPairs({ record, comparison, isOld }: Props) {
  const mappings = useAnswer('mappings', (call) => call.mappings.list())
  const { link } = record
  const mapping = link === null ? null : mappingOf(link, mappings.value ?? [])
  const remembered = link === null || mapping === null ? [] : rememberedPairs(link, mapping.document)
  const pairs = comparison === null ? remembered : comparedPairs(comparison)
  const [all, setAll] = useState(false)
  const bare = pairs.filter(isBare).length
  const shown = all ? pairs : pairs.filter((pair) => !isBare(pair))
  return (
    <section className={styles.frame} aria-label="Side by side">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <RecordSide system="salesforce" side={record.salesforce} />
            </th>
            <th scope="col" className={styles.middle}>
              <span className="visually-hidden">How they compare</span>
            </th>
            <th scope="col">
              <RecordSide system="connectwise" side={record.connectwise} />
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td colSpan={3} className={styles.story}>
              <div role="status">
                {comparison === null ? (
                  <Remembered record={record} />
                ) : (
                  <Compared comparison={comparison} isOld={isOld} />
                )}
              </div>
            </td>
          </tr>
          {shown.map((pair) => (
            <Pair key={`${pair.salesforce.field} ${pair.connectwise.field}`} pair={pair} />
          ))}
        </tbody>
      </table>
      {bare > 0 && (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Hide' : 'Show'} {count(bare, 'field')} that {bare === 1 ? 'is' : 'are'} empty on both sides
        </button>
      )}
      {mappings.failed !== null && comparison === null && (
        <LoadFailure what="The fields" error={mappings.failed} again={mappings.reload} />
      )}
    </section>
  )
}

function Pair({ pair }: { pair: FieldPair }) {
  const { connectwise, note, salesforce, verdict } = pair
  return (
    <tr data-differs={isDifferent(pair)}>
      <Value {...salesforce} />
      <td className={styles.middle}>
        {verdict !== null && (
          <span title={note ?? undefined}>
            <StateBadge
              wording={note === null ? comparedWording[verdict] : { ...comparedWording[verdict], meaning: note }}
            />
          </span>
        )}
      </td>
      <Value {...connectwise} />
    </tr>
  )
}

function Value({ field, value }: FieldPair['salesforce']) {
  const text = valueText(value)
  return (
    <td>
      <span className={styles.field}>{field}</span>
      <span className={styles.value} data-empty={value === null || value === ''} title={text}>
        {text}
      </span>
    </td>
  )
}

function Compared({ comparison, isOld }: { comparison: RecordComparison; isOld: boolean }) {
  const { calls, comparedAt, sentence } = comparison
  return (
    <>
      <strong>{sentence}</strong> Read at <Time at={comparedAt} precise /> with {count(calls.salesforce, 'API call')} to
      Salesforce and {calls.connectwise} to ConnectWise, by version {comparison.mappingVersion} of the mapping{' '}
      {comparison.mappingId}. Nothing was written.
      {isOld && <strong> Something has happened since: compare again to see how they are now.</strong>}
    </>
  )
}

function Remembered({ record: { link, state } }: { record: RecordDetail }) {
  if (link === null) {
    return <>It has no counterpart yet, so there is nothing to put beside it.</>
  }
  if (state === 'deleted') {
    return (
      <>
        <strong>The pair has ended.</strong> These are the values of the last time both were in step.
      </>
    )
  }
  return (
    <>
      <strong>As of the last sync</strong>, <Time at={link.updatedAt} />. “Compare now” reads both as they are.
    </>
  )
}
