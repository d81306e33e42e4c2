import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { versionsAddress } from '#renderer/state/mappings/mapping-place.ts'
import type { DraftInHand } from '#renderer/state/mappings/use-mapping-draft.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { FailedOfMapping } from './failed-of-mapping.tsx'
import styles from './mapping-editor.module.css'

interface Props {
  readonly draft: DraftInHand
  readonly to: SystemName
  readonly routeIds: readonly string[]
  readonly onTo: (to: SystemName) => void
  readonly onSettings: () => void
  readonly onBacktest: () => void
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** What the mapping is, which direction is looked at, and what can be done with the draft. */
export function EditorBar({ draft, to, routeIds, onTo, onSettings, onBacktest, onSave, onDiscard }: Props) {
  const { base, changed, document } = draft
  return (
    <header className={styles.bar}>
      <nav className={styles.crumbs} aria-label="Place">
        <a href={addressOf('mappings')}>Mappings</a>
        <Icon name="open" size={11} />
        <h1>{document.name}</h1>
      </nav>
      <a className={styles.version} href={versionsAddress(base.mappingId)}>
        Version {base.version}
      </a>
      {changed && (
        <span className={styles.unsaved} data-tone="wait">
          not saved
        </span>
      )}
      <SegmentedControl
        size="xs"
        aria-label="Direction that is shown"
        data={[
          { value: 'connectwise', label: 'Salesforce → ConnectWise' },
          { value: 'salesforce', label: 'ConnectWise → Salesforce' },
        ]}
        value={to}
        onChange={(value) => onTo(value as SystemName)}
      />
      <span className={styles.space} />
      {!changed && <FailedOfMapping name={document.name} routeIds={routeIds} />}
      <ActionIcon
        variant="default"
        aria-label="Settings of the mapping"
        title="Settings of the mapping"
        onClick={onSettings}
      >
        <Icon name="settings" size={15} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label="Undo"
        title="Undo (Ctrl+Z)"
        disabled={!draft.canUndo}
        onClick={draft.undo}
      >
        <Icon name="undo" size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        className={styles.redo}
        aria-label="Redo"
        title="Redo (Ctrl+Y)"
        disabled={!draft.canRedo}
        onClick={draft.redo}
      >
        <Icon name="undo" size={14} />
      </ActionIcon>
      {changed && (
        <Confirm
          title="Discard the changes"
          consequence={`The mapping goes back to version ${base.version}. What you changed since is gone.`}
          confirm={{ label: 'Discard the changes', color: 'red' }}
          onConfirm={onDiscard}
          trigger={(open) => (
            <Button size="xs" variant="default" onClick={open}>
              Discard…
            </Button>
          )}
        />
      )}
      <Button size="xs" variant="default" disabled={!changed} onClick={onBacktest}>
        Backtest
      </Button>
      <Button size="xs" disabled={!changed} title="Ctrl+S" onClick={onSave}>
        Save…
      </Button>
    </header>
  )
}
