import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { filterLive } from '#renderer/state/live-place.ts'
import { readyViews, useViews } from '#renderer/state/use-views.ts'
import { ViewForm } from './view-form.tsx'
import { ViewRow } from './view-row.tsx'
import styles from './views-menu.module.css'

/** Filters under a name: one's own, to be shown, renamed and removed, the ready-made ones, and the present one to be saved. */
export function ViewsMenu({ filter, canSave }: { filter: string; canSave: boolean }) {
  const { views, failed, reload, save, rename, remove } = useViews()
  const [open, setOpen] = useState(false)
  const current = [...views, ...readyViews].find((view) => view.filter === filter)
  const isUnsaved = current === undefined && filter !== ''
  const name = current?.name ?? 'All events'
  const show = (wanted: string) => {
    setOpen(false)
    filterLive(wanted)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          classNames={{ root: styles.button ?? '', label: styles.label ?? '' }}
          aria-label={isUnsaved ? 'Views: the filter is not saved' : `View: ${name}`}
          aria-haspopup="dialog"
          aria-expanded={open}
          rightSection={<Icon name="down" size={12} />}
          onClick={() => setOpen(!open)}
        >
          {isUnsaved ? 'Views' : name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label="Views">
        {failed !== null && <LoadFailure what="The views" error={failed} again={reload} />}
        {views.length > 0 && <h2 className={styles.heading}>Saved</h2>}
        {views.map((view) => (
          <ViewRow
            key={view.name}
            view={view}
            isCurrent={view.filter === filter}
            onShow={() => show(view.filter)}
            onRename={(name) => rename(view, name)}
            onRemove={() => void remove(view)}
          />
        ))}
        <h2 className={styles.heading}>Ready-made</h2>
        <ViewRow view={{ name: 'All events', filter: '' }} isCurrent={filter === ''} onShow={() => show('')} />
        {readyViews.map((view) => (
          <ViewRow key={view.name} view={view} isCurrent={view.filter === filter} onShow={() => show(view.filter)} />
        ))}
        {canSave && current === undefined && (
          <>
            <h2 className={styles.heading}>Save what the list shows now</h2>
            <ViewForm label="Name" start="" action="Save" onDone={(name) => save(name, filter)} />
          </>
        )}
        {!canSave && filter === '' && (
          <p className={styles.hint}>Filter the list, then come back here to keep the filter under a name.</p>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
