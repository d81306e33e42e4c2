import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { destinationName, destinationSystem } from '#renderer/state/event-story.ts'
import { valueText } from '#renderer/state/field-rows.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { systemTitle } from '#shared/domain/record.ts'
import styles from './delivery-actions.module.css'

/** Fields that the question names. */
const named = 6

/** Takes back what a delivery wrote, after saying which values go back. */
export function UndoButton({ delivery }: { delivery: DeliveryDetail }) {
  const [run, busy] = useAction()
  const reload = useConsole((state) => state.event.reload)
  const changes = delivery.attempts.findLast(({ result }) => result === 'succeeded')?.changes ?? []
  const to = systemTitle[destinationSystem(delivery)]

  async function undo() {
    await run(
      'The delivery could not be taken back.',
      (call) => call.replays.undo({ deliveryId: delivery.id, note: `Takes back delivery ${delivery.id}` }),
      (done) => ({
        sentence: 'It is being taken back.',
        link: { label: 'See how it goes', hash: addressOf('replays', [done.replayId]) },
      }),
    )
    await reload()
  }

  return (
    <Confirm
      title="Take back what was written"
      consequence={
        <>
          <p className={styles.first}>
            {count(changes.length, 'field')} of {destinationName(delivery)} in {to}{' '}
            {changes.length === 1 ? 'gets its' : 'get their'} value from before again, unless somebody has changed the
            record since; then it is left as it is.
          </p>
          <ul className={styles.changes}>
            {changes.slice(0, named).map(({ field, from, to: written }) => (
              <li key={field}>
                {field}: <del>{valueText(written)}</del> <ins>{valueText(from)}</ins>
              </li>
            ))}
            {changes.length > named && <li>and {count(changes.length - named, 'more', 'more')}</li>}
          </ul>
        </>
      }
      confirm={{ label: `Take back ${count(changes.length, 'field')}` }}
      onConfirm={undo}
      trigger={(open) => (
        <Button
          size="compact-xs"
          variant="default"
          loading={busy}
          leftSection={<Icon name="undo" size={12} />}
          onClick={open}
        >
          Undo…
        </Button>
      )}
    />
  )
}
