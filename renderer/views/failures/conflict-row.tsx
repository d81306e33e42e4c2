import { Button } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import { nameOf } from '#renderer/state/event-story.ts'
import { valueText } from '#renderer/state/field-rows.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { Choice, Conflict } from '#shared/domain/conflict.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import styles from './conflict-list.module.css'

interface Props {
  readonly conflict: Conflict
  /** What was clicked so far, in all rows; see `keyOf`. */
  readonly chosen: Readonly<Record<string, Choice>>
  readonly onChoose: (chosen: Readonly<Record<string, Choice>>) => void
}

/** One record: each field with the value of either side to choose from. */
export function ConflictRow({ conflict, chosen, onChoose }: Props) {
  const resolve = useConsole((state) => state.event.resolve)
  const { deliveryId, eventId, record, title } = conflict
  const open = conflict.fields.filter((field) => field.choice === null)
  const keyOf = (field: string) => `${deliveryId} ${field}`
  const choices = Object.fromEntries(
    open.flatMap(({ field }) => {
      const choice = chosen[keyOf(field)]
      return choice === undefined ? [] : [[field, choice] as const]
    }),
  )
  const name = nameOf({ entity: record.entity, recordId: record.id, title })
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <a className={styles.name} href={addressOf('live', [eventId])}>
        {name}
      </a>
      <div className={styles.fields}>
        {open.map((field) => (
          <fieldset key={field.field} className={styles.field}>
            <legend>{field.field}</legend>
            {systemName.options.map((side) => (
              <button
                key={side}
                type="button"
                className={styles.value}
                aria-pressed={chosen[keyOf(field.field)] === side}
                onClick={() => onChoose({ ...chosen, [keyOf(field.field)]: side })}
              >
                <span className={styles.side}>{systemTitle[side]}</span>
                <span>{valueText(field[side])}</span>
              </button>
            ))}
          </fieldset>
        ))}
      </div>
      <Button
        size="compact-sm"
        disabled={Object.keys(choices).length < open.length}
        title="Writes what you chose to both systems"
        onClick={() => void resolve(deliveryId, choices)}
      >
        Keep
      </Button>
    </div>
  )
}
