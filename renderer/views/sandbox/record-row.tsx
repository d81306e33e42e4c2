import { ActionIcon } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { fieldWords, valueWords, type SeenChange } from '#renderer/state/just-changed.ts'
import type { SimulatedRecord } from '#shared/domain/sandbox.ts'
import styles from './record-row.module.css'

interface Props {
  readonly record: SimulatedRecord
  readonly facts: readonly string[]
  /** What just happened to it; null when nothing did. */
  readonly change: SeenChange | null
  /** Has somebody change it. */
  readonly onAct: () => void
}

/** One record: what it is called, what it says, who changed it last and when. A change that was just seen stands out. */
export function RecordRow({ record, facts, change, onAct }: Props) {
  const title = record.title ?? record.id
  return (
    <li className={styles.row} data-fresh={change !== null} data-patchbay={record.byPatchbay}>
      <div className={styles.words}>
        <p className={styles.title} title={`${title} (${record.id})`}>
          {title}
        </p>
        <p className={styles.facts}>
          {(change && changeWords(change)) ?? facts.map((name) => valueWords(record.values[name])).join(' · ')}
        </p>
      </div>
      <p className={styles.who}>
        <b>{record.byPatchbay ? 'Patchbay' : 'a person'}</b>
        {record.changedAt !== null && <Time at={record.changedAt} />}
      </p>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Change ${title}`}
        title="Change it"
        onClick={onAct}
      >
        <Icon name="edit" size={13} />
      </ActionIcon>
    </li>
  )
}

/** What changed, in words; null when what stood there before was never seen. */
function changeWords({ isNew, fields }: SeenChange): string | null {
  if (isNew) return 'New'
  if (fields.length === 0) return null
  return fields
    .map(({ name, before, after }) => `${fieldWords(name)}: ${valueWords(before)} → ${valueWords(after)}`)
    .join(', ')
}
