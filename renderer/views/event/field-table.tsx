import { useState } from 'react'
import { TextDiff } from '#renderer/parts/text-diff.tsx'
import { fieldRows, isLongText, valueText } from '#renderer/state/field-rows.ts'
import type { FieldRow } from '#renderer/state/field-rows.ts'
import { count } from '#renderer/state/wording.ts'
import type { Attempt } from '#shared/domain/delivery.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { SystemName } from '#shared/domain/record.ts'
import styles from './field-table.module.css'

/** The fields before and after, changed ones first; those that stay as they are show on request. */
export function FieldTable({ attempt, system }: { attempt: Attempt; system: SystemName }) {
  const [all, setAll] = useState(false)
  const rows = fieldRows(attempt)
  const same = rows.filter((row) => !row.changed).length
  const shown = all ? rows : rows.filter((row) => row.changed)
  return (
    <div>
      {shown.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Field in {systemTitle[system]}</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.field} row={row} isNew={attempt.beforeValues === null} />
            ))}
          </tbody>
        </table>
      )}
      {same > 0 && (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Hide' : 'Show'} {count(same, 'field')} that {same === 1 ? 'stays as it is' : 'stay as they are'}
        </button>
      )}
    </div>
  )
}

function Row({ row, isNew }: { row: FieldRow; isNew: boolean }) {
  if (row.changed && isLongText(row)) {
    return (
      <tr data-changed="true">
        <th scope="row">{row.field}</th>
        <td colSpan={2}>
          <TextDiff
            label={`How ${row.field} changed`}
            before={isNew ? '' : valueText(row.from)}
            after={valueText(row.to)}
          />
        </td>
      </tr>
    )
  }
  return (
    <tr data-changed={row.changed}>
      <th scope="row">{row.field}</th>
      <td>{isNew ? '' : <span data-part="from">{valueText(row.from)}</span>}</td>
      <td>
        <span data-part="to">{valueText(row.to)}</span>
      </td>
    </tr>
  )
}
