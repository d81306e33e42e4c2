import { ActionIcon } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import type { SavedView } from '#shared/domain/saved-view.ts'
import { ViewForm } from './view-form.tsx'
import styles from './views-menu.module.css'

interface Props {
  readonly view: Pick<SavedView, 'name' | 'filter'>
  readonly isCurrent: boolean
  readonly onShow: () => void
  /** Absent for a view that is nobody's own. */
  readonly onRename?: (name: string) => Promise<boolean>
  readonly onRemove?: () => void
}

/** One view of the menu. */
export function ViewRow({ view, isCurrent, onShow, onRename, onRemove }: Props) {
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming && onRename !== undefined) {
    const done = async (name: string) => {
      const isDone = await onRename(name)
      if (isDone) setRenaming(false)
      return isDone
    }
    return (
      <ViewForm label="New name" start={view.name} action="Rename" onDone={done} onCancel={() => setRenaming(false)} />
    )
  }
  return (
    <div className={styles.row}>
      <button type="button" className={styles.show} aria-current={isCurrent} onClick={onShow}>
        <span className={styles.name}>{view.name}</span>
        <code className={styles.filter}>{view.filter}</code>
      </button>
      {onRename !== undefined && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Rename ${view.name}`}
          onClick={() => setRenaming(true)}
        >
          <Icon name="edit" size={13} />
        </ActionIcon>
      )}
      {onRemove !== undefined && (
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Remove ${view.name}`} onClick={onRemove}>
          <Icon name="trash" size={13} />
        </ActionIcon>
      )}
    </div>
  )
}
