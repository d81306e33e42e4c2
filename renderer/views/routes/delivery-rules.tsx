import { NumberInput, SegmentedControl, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { systemTitle } from '#shared/domain/record.ts'
import { refetch, type Route } from '#shared/domain/route.ts'
import { RetryFields } from './retry-fields.tsx'
import { FormPart } from '#renderer/parts/form-part.tsx'
import styles from './delivery-rules.module.css'

interface Props {
  readonly draft: Route
  readonly onChange: (draft: Route) => void
}

/** How the route delivers: what it may do, how fast, and how often it tries. */
export function DeliveryRules({ draft, onChange }: Props) {
  const { ratePerMinute, ...rest } = draft
  return (
    <FormPart title="Delivery">
      <Switch
        size="sm"
        label="Create records that are missing"
        description="Off: only records that are paired already are updated."
        checked={draft.mayCreate}
        onChange={(event) => onChange({ ...draft, mayCreate: event.currentTarget.checked })}
      />
      <Switch
        size="sm"
        label="Send only the newest of several waiting changes of a record"
        description="Saves API calls when records change often; the steps between are not written."
        checked={draft.coalesce}
        onChange={(event) => onChange({ ...draft, coalesce: event.currentTarget.checked })}
      />
      <Choice
        label="Values"
        help={
          draft.refetch === 'always'
            ? `Each record is read from ${systemTitle[draft.from]} before it is written; costs one API call more.`
            : 'The values that came with the event, where it brought all of them; else the record is read first.'
        }
      >
        <SegmentedControl
          size="xs"
          aria-label="Values that are sent"
          value={draft.refetch}
          data={[
            { value: 'when-thin', label: 'Those of the event' },
            { value: 'always', label: 'Always read anew' },
          ]}
          onChange={(value) => onChange({ ...draft, refetch: refetch.safeParse(value).data ?? 'when-thin' })}
        />
      </Choice>
      <Choice
        label="Priority"
        help={
          draft.priority === 'low'
            ? 'Goes behind the other routes and replays, and stops first when API calls run short.'
            : 'Goes in the order in which events come in.'
        }
      >
        <SegmentedControl
          size="xs"
          aria-label="Priority"
          value={draft.priority}
          data={[
            { value: 'normal', label: 'Normal' },
            { value: 'low', label: 'Low' },
          ]}
          onChange={(value) => onChange({ ...draft, priority: value === 'low' ? 'low' : 'normal' })}
        />
      </Choice>
      <Choice label="Rate" help="Deliveries a minute that it begins at the most; empty means as many as there are.">
        <NumberInput
          className={styles.number ?? ''}
          size="xs"
          aria-label="Deliveries a minute at the most"
          placeholder="no limit"
          min={1}
          max={60_000}
          allowDecimal={false}
          value={ratePerMinute ?? ''}
          onChange={(typed) => onChange(typeof typed === 'number' ? { ...draft, ratePerMinute: typed } : rest)}
        />
      </Choice>
      <RetryFields policy={draft.retry} onChange={(retry) => onChange({ ...draft, retry })} />
    </FormPart>
  )
}

/** A setting in one line: its name, its control, and what the choice means. */
function Choice({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  return (
    <div className={styles.choice}>
      <span className={styles.label}>{label}</span>
      {children}
      <span className={styles.help}>{help}</span>
    </div>
  )
}
