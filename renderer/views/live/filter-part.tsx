import { Icon } from '#renderer/parts/icon.tsx'
import type { FilterChip } from '#renderer/state/filter-chips.ts'
import styles from './filter-part.module.css'

interface Props {
  readonly chip: FilterChip
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** A finished part of the filter: a click takes it back into the input, the cross or Delete takes it out. */
export function FilterPart({ chip, onEdit, onRemove }: Props) {
  return (
    <span className={styles.part} data-wrong={chip.problem !== null} title={chip.problem ?? undefined}>
      <button
        type="button"
        className={styles.text}
        aria-label={`Edit ${chip.text}`}
        onClick={onEdit}
        onKeyDown={(event) => {
          if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
        }}
      >
        {chip.lead !== '' && <span className={styles.lead}>{chip.lead}</span>}
        {chip.value}
      </button>
      <button
        type="button"
        className={styles.remove}
        tabIndex={-1}
        aria-label={`Remove ${chip.text}`}
        onClick={onRemove}
      >
        <Icon name="close" size={9} />
      </button>
    </span>
  )
}
