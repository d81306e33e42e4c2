import { Button, NativeSelect } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { differenceSum } from '#renderer/state/mappings/difference-words.ts'
import { showTime } from '#renderer/parts/time-format.ts'
import { doerOf } from '#renderer/state/audit-words.ts'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { diffMappings } from '#shared/logic/diff-mappings.ts'
import { DifferenceView } from './difference-view.tsx'
import styles from './versions-view.module.css'

interface Props {
  readonly versions: readonly MappingVersion[]
  readonly from: number
  readonly to: number
  readonly onCompare: (from: number, to: number) => void
  readonly onRolledBack: (version: number) => void
}

/** Two versions side by side in words, and the way back to the older one. */
export function Comparison({ versions, from, to, onCompare, onRolledBack }: Props) {
  const data = versions.map(({ version, createdAt, author }) => ({
    value: String(version),
    label: `Version ${version} · ${showTime.short(createdAt)} · ${doerOf({ who: author })}`,
  }))
  const [old, now] = [from, to].map((wanted) => versions.find(({ version }) => version === wanted))
  return (
    <section className={styles.comparison} aria-label="Comparison">
      <div className={styles.choice}>
        <NativeSelect
          size="xs"
          label="From"
          data={data}
          value={String(from)}
          onChange={(event) => onCompare(Number(event.currentTarget.value), to)}
        />
        <Icon name="arrow" size={14} />
        <NativeSelect
          size="xs"
          label="To"
          data={data}
          value={String(to)}
          onChange={(event) => onCompare(from, Number(event.currentTarget.value))}
        />
        <RollBack versions={versions} to={to} onRolledBack={onRolledBack} />
      </div>
      {now !== undefined && now.note !== '' && <p className={styles.note}>{now.note}</p>}
      {old !== undefined && now !== undefined && old !== now && (
        <DifferenceView difference={diffMappings(old.document, now.document)} />
      )}
      {old === now && <p className={styles.note}>Choose two versions to see how they differ.</p>}
    </section>
  )
}

/** Stores the version that is looked at, or the one before the newest, as the newest one. */
function RollBack({ versions, to, onRolledBack }: Pick<Props, 'versions' | 'to' | 'onRolledBack'>) {
  const begin = useConsole((state) => state.mappings.begin)
  const [run, busy] = useAction()
  const [newest, previous] = versions
  const target = versions.find(({ version }) => version === to && version !== newest?.version) ?? previous
  if (newest === undefined || target === undefined) return null
  const difference = diffMappings(newest.document, target.document)
  const isSame = differenceSum(difference) === 'Nothing differs'
  return (
    <Confirm
      title={`Go back to version ${target.version}`}
      consequence={
        <>
          <p>
            Version {target.version} is stored again as version {newest.version + 1}, and deliveries use it from then
            on. Records that were written before stay as they are. Version {newest.version} is kept.
          </p>
          <DifferenceView difference={difference} />
        </>
      }
      confirm={{ label: `Go back to version ${target.version}` }}
      onConfirm={async () => {
        const stored = await run(
          'It could not be gone back.',
          (call) => call.mappings.rollback({ id: newest.mappingId, version: target.version }),
          (done) => `Version ${done.version} is what version ${target.version} was. Deliveries use it from now on.`,
        )
        if (stored === null) return
        begin(stored)
        onRolledBack(stored.version)
      }}
      trigger={(open) => (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="undo" size={13} />}
          loading={busy}
          disabled={isSame}
          title={isSame ? `Version ${target.version} is what the newest one says already.` : undefined}
          onClick={open}
        >
          Go back to version {target.version}…
        </Button>
      )}
    />
  )
}
