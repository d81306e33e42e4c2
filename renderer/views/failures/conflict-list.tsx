import { Button } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useFailureNews } from '#renderer/state/use-failures.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import { count } from '#renderer/state/wording.ts'
import type { Choice, Conflict } from '#shared/domain/conflict.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import { ConflictRow } from './conflict-row.tsx'
import styles from './conflict-list.module.css'

const perPage = 20

/** Records that both systems changed in the same field: both values side by side, and a person says which one stays. */
export function ConflictList() {
  const list = usePages<Conflict>('conflicts', (call, after) =>
    call.conflicts.list({ limit: perPage, ...(after !== undefined && { after }) }),
  )
  useFailureNews(list.reload)
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({})
  if (list.failed !== null) return <LoadFailure what="The conflicts" error={list.failed} again={list.reload} />
  if (list.items.length === 0) return null
  return (
    <Panel tone="wait" label="Conflicts">
      <div className={styles.head}>
        <p className={styles.sentence}>
          {list.ended
            ? count(list.items.length, 'record was', 'records were')
            : `More than ${list.items.length} records were`}{' '}
          changed in both systems. Which value stays?
        </p>
        {list.items.length > 1 && (
          <span className={styles.all}>
            <ChooseForAll side="salesforce" conflicts={list.items} />
            <ChooseForAll side="connectwise" conflicts={list.items} />
          </span>
        )}
      </div>
      {list.items.map((conflict) => (
        <ConflictRow key={conflict.deliveryId} conflict={conflict} chosen={chosen} onChoose={setChosen} />
      ))}
      {!list.ended && (
        <Button size="compact-xs" variant="default" mt={8} loading={list.loading} onClick={list.loadMore}>
          Show more
        </Button>
      )}
    </Panel>
  )
}

/** Takes the values of one system for every record in sight. */
function ChooseForAll({ side, conflicts }: { side: SystemName; conflicts: readonly Conflict[] }) {
  const reload = useConsole((state) => state.failures.reload)
  const [run, busy] = useAction()
  const resolveAll = async () => {
    await run(
      'Not all choices could be taken.',
      async (call) => {
        for (const { deliveryId, fields } of conflicts) {
          const open = fields.filter((field) => field.choice === null)
          await call.conflicts.resolve({
            deliveryId,
            choices: Object.fromEntries(open.map(({ field }) => [field, side])),
          })
        }
      },
      () => `${systemTitle[side]}’s values are on their way to both systems.`,
    )
    await reload()
  }
  return (
    <Confirm
      title={`Keep ${systemTitle[side]}’s values`}
      consequence={`${systemTitle[side]}’s values are written to the other system for the ${count(conflicts.length, 'record')} shown here. The other values are overwritten.`}
      confirm={{ label: `Keep ${systemTitle[side]}’s for ${conflicts.length}` }}
      onConfirm={resolveAll}
      trigger={(open) => (
        <Button size="compact-xs" variant="default" loading={busy} onClick={open}>
          {systemTitle[side]}’s for all…
        </Button>
      )}
    />
  )
}
