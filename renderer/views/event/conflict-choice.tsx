import { Button } from '@mantine/core'
import { useState } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { ReleaseButton } from '#renderer/views/failures/release-button.tsx'
import type { Choice, ConflictField } from '#shared/domain/conflict.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { systemTitle } from '#shared/domain/record.ts'
import styles from './conflict-choice.module.css'

/** What a parked delivery waits for: a choice between both values of each field, or a person's word to go on. */
export function ConflictChoice({ delivery }: { delivery: DeliveryDetail }) {
  const resolve = useConsole((state) => state.event.resolve)
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  if (delivery.state !== 'parked') return <Chosen fields={delivery.conflicts} />
  const open = delivery.conflicts.filter((field) => field.choice === null)
  return (
    <div className={styles.choice}>
      {open.map((field) => (
        <fieldset key={field.field} className={styles.field}>
          <legend>{field.field}</legend>
          {(['salesforce', 'connectwise'] as const).map((side) => (
            <Button
              key={side}
              size="compact-sm"
              variant={choices[field.field] === side ? 'filled' : 'default'}
              aria-pressed={choices[field.field] === side}
              onClick={() => setChoices({ ...choices, [field.field]: side })}
            >
              {systemTitle[side]}: {shown(field[side])}
            </Button>
          ))}
        </fieldset>
      ))}
      <div className={styles.field}>
        {open.length > 0 && (
          <Button
            size="compact-sm"
            disabled={open.some((field) => choices[field.field] === undefined)}
            onClick={() => void resolve(delivery.id, choices)}
          >
            Keep these values
          </Button>
        )}
        {delivery.failure?.code !== 'CONFLICT' && <ReleaseButton delivery={delivery} />}
      </div>
    </div>
  )
}

/** What was decided, and by whom. */
function Chosen({ fields }: { fields: readonly ConflictField[] }) {
  const chosen = fields.filter((field) => field.choice !== null)
  return chosen.map(({ choice, chosenBy, field }) => (
    <p key={field} className={styles.chosen}>
      {field}: {typeof choice === 'string' ? `${systemTitle[choice]}’s value` : shown(choice?.value ?? null)} was chosen
      by {chosenBy}.
    </p>
  ))
}

function shown(value: unknown): string {
  if (value === null || value === '') return 'empty'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
