import { Button } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count, type Wording } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { SystemName as Name } from '#shared/domain/record.ts'
import type { SandboxDeed, SimulatedSystem } from '#shared/domain/sandbox.ts'
import { RecordRow } from './record-row.tsx'
import type { Kind } from './sandbox-choices.ts'
import { useSeen } from './use-seen.ts'
import styles from './record-column.module.css'

interface Props {
  readonly system: Name
  readonly kind: Kind
  readonly state: SimulatedSystem | undefined
  readonly onChanged: () => void
}

/** The records of one side, the newest change first, and what a simulated person can do with them. */
export function RecordColumn({ system, kind, state, onChanged }: Props) {
  const held = state?.entities.find(({ entity }) => entity === kind.entity)
  const records = held?.records ?? []
  const seen = useSeen(records)
  const broken = state?.faults.filter(({ isOn }) => isOn) ?? []
  const [run, busy] = useAction()

  async function act(deed: Omit<SandboxDeed, 'system' | 'entity'>) {
    const done = deed.what === 'create' ? 'created' : 'changed'
    await run(
      `The ${kind.one} could not be ${done}.`,
      (call) => call.sandbox.act({ system, entity: kind.entity, ...deed }),
      (record) => ({
        sentence: `Somebody ${done} the ${kind.one} “${record.title ?? record.id}” in ${systemTitle[system]}.`,
        link: { label: 'Watch it travel', hash: addressOf('live', [], { filter: `record:${record.id}` }) },
      }),
    )
    onChanged()
  }

  return (
    <section className={styles.column} aria-label={`${systemTitle[system]} ${kind.entity}`}>
      <header className={styles.head}>
        <SystemName system={system} />
        <span className={styles.count}>{countWords(held?.count ?? 0, records.length, kind.one)}</span>
        {broken.length > 0 && <StateBadge wording={brokenWording(broken)} />}
      </header>
      <div className={styles.actions}>
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy}
          leftSection={<Icon name="edit" size={12} />}
          onClick={() => void act({ what: 'change' })}
        >
          Change {kind.article} {kind.one}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy}
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => void act({ what: 'create' })}
        >
          Create {kind.article} {kind.one}
        </Button>
      </div>
      {records.length === 0 ? (
        <EmptyState icon="inbox" title={`There is no ${kind.one} here yet`}>
          Create one, or let people work.
        </EmptyState>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard
        <ul className={styles.list} tabIndex={0} aria-label={`${plural(kind.one)} in ${systemTitle[system]}`}>
          {records.map((record) => (
            <RecordRow
              key={record.id}
              record={record}
              facts={kind.facts}
              change={seen?.get(record.id)?.change ?? null}
              onAct={() => void act({ what: 'change', id: record.id })}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

/** All that is broken at a side, in the room of one badge. */
function brokenWording(broken: SimulatedSystem['faults']): Wording {
  const more = broken.length === 1 ? '' : ` + ${broken.length - 1}`
  const meaning = broken.map(({ name, sentence }) => `${name}: ${sentence}`).join('\n')
  return { label: `${broken[0]?.name ?? ''}${more}`, tone: 'bad', meaning }
}

/** How many there are, and how many of them are in the list. */
function countWords(all: number, shown: number, one: string): string {
  if (shown < all) return `newest ${shown} of ${all.toLocaleString('en')}`
  return count(all, one, plural(one))
}

function plural(one: string): string {
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`
}
