import { Modal } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { isIncomplete, rowOfField, sendable, withNewRow, withRow } from '#renderer/state/mappings/draft-document.ts'
import { namesake } from '#renderer/state/mappings/field-list.ts'
import { useBacktest } from '#renderer/state/mappings/use-backtest.ts'
import { useMappingFields } from '#renderer/state/mappings/use-fields.ts'
import { mappingAddress } from '#renderer/state/mappings/mapping-place.ts'
import { useMappingDraft, type DraftInHand } from '#renderer/state/mappings/use-mapping-draft.ts'
import { useCheck, usePreview } from '#renderer/state/mappings/use-trial.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useLeaveGuard } from '#renderer/state/use-leave-guard.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { otherSystem, type SystemName } from '#shared/domain/record.ts'
import { BacktestView } from '../trial/backtest-view.tsx'
import { PreviewPanel } from '../trial/preview-panel.tsx'
import { EditorBar } from './editor-bar.tsx'
import { EditorContext, type Editor } from './editor-context.ts'
import { FieldTree } from './field-tree.tsx'
import { RowList } from './row-list.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { StaleDraft } from './stale-draft.tsx'
import { useEditorKeys } from './use-editor-keys.ts'
import { WarningsPanel } from './warnings-panel.tsx'
import styles from './mapping-editor.module.css'

interface Props {
  readonly newest: MappingVersion
  /** From the address: the field and the value that somebody came for. */
  readonly wanted: { readonly field: string | undefined; readonly value: string | undefined }
  readonly onSaved: () => void
}

/** A mapping, edited in a draft: the fields that are read, the rows, and what they make of a real event. */
export function MappingEditor(props: Props) {
  const draft = useMappingDraft(props.newest)
  return draft === null ? <Waiting /> : <Zones {...props} draft={draft} />
}

const noFields = { salesforce: [], connectwise: [] }

function Zones({ newest, wanted, onSaved, draft }: Props & { readonly draft: DraftInHand }) {
  const { document, edit, changed } = draft
  const [start] = useState(() => (wanted.field === undefined ? null : rowOfField(document, wanted.field)))
  const [to, setTo] = useState<SystemName>(start?.to ?? 'connectwise')
  const [selected, setSelected] = useState<number | null>(start?.row ?? null)
  const [event, setEvent] = useState<EventSummary | null>(null)
  const [dialog, setDialog] = useState<'save' | 'backtest' | 'settings' | null>(null)
  const restart = useConsole((state) => state.mappings.restart)
  const [run, busy] = useAction()
  const ready = useMemo(() => sendable(document), [document])
  const known = useMappingFields(document)
  const preview = usePreview(ready, event !== null && event.system !== to ? event.id : null)
  const check = useCheck(ready)
  const backtest = useBacktest(ready?.document ?? null)
  const fields = known.value?.fields ?? noFields
  const isKnown = known.value !== null || known.failed !== null

  const select = useCallback<Editor['select']>((row, direction) => {
    setSelected(row)
    if (direction !== undefined) setTo(direction)
  }, [])
  const editor = useMemo((): Editor => {
    const from = otherSystem(to)
    return {
      document,
      to,
      from,
      fields,
      isKnown,
      selected,
      wantedValue: wanted.value ?? null,
      warnings: check.value?.warnings ?? [],
      results: new Map((preview.value?.rows ?? []).map((result) => [result.row, result])),
      select,
      edit,
      editRow: (at, change, step) =>
        edit((last) => {
          const row = last.fields[at]
          return row === undefined ? last : withRow(last, at, change(row))
        }, step),
      useField(name) {
        const there = document.fields.findIndex((row) => row[from] === name)
        if (there !== -1) return select(there)
        const open = selected === null ? undefined : document.fields[selected]
        if (selected !== null && open !== undefined && open[from] === '')
          return edit((last) => withRow(last, selected, { ...open, [from]: name }))
        const label = fields[from].find((field) => field.name === name)?.label ?? name
        const target = namesake(name, label, fields[to]) ?? ''
        const names =
          from === 'salesforce' ? { salesforce: name, connectwise: target } : { salesforce: target, connectwise: name }
        edit((last) => withNewRow(last, last.fields.length, names))
        select(document.fields.length)
      },
    }
  }, [document, to, fields, isKnown, selected, wanted.value, check.value, preview.value, select, edit])

  const openSave = () => changed && setDialog('save')
  useEditorKeys({ undo: draft.undo, redo: draft.redo, save: openSave })
  const field = selected === null ? undefined : document.fields[selected]?.[to]
  const address = mappingAddress(document.id, field === undefined ? {} : { field })
  useLeaveGuard({ changed, name: document.name, address })
  useEffect(() => {
    if (dialog === 'backtest' && backtest.result === null && !backtest.running && backtest.failed === null)
      backtest.run()
  }, [dialog, backtest])

  const save = async (note: string) => {
    const saved = await run(
      'The mapping could not be saved.',
      (call) => call.mappings.save({ document, note }),
      (done) => `Version ${done.version} is saved. Deliveries use it from now on.`,
    )
    if (saved === null) return
    setDialog(null)
    restart(saved)
    onSaved()
  }

  return (
    <EditorContext value={editor}>
      <div className={styles.editor}>
        <EditorBar
          draft={draft}
          to={to}
          routeIds={(known.value?.routes ?? []).map(({ id }) => id)}
          onTo={setTo}
          onSettings={() => setDialog('settings')}
          onBacktest={() => setDialog('backtest')}
          onSave={openSave}
          onDiscard={() => restart(newest)}
        />
        {newest.version > draft.base.version && <StaleDraft newest={newest} base={draft.base} />}
        <div className={styles.zones}>
          <FieldTree />
          <div className={styles.middle}>
            <RowList />
            <WarningsPanel remarks={[...(known.value?.remarks ?? []), ...(check.value?.notChecked ?? [])]} />
          </div>
          <PreviewPanel preview={preview} event={event} changed={changed} onEvent={setEvent} />
        </div>
        <SettingsDialog opened={dialog === 'settings'} onClose={() => setDialog(null)} />
        <SaveDialog
          key={newest.version}
          opened={dialog === 'save'}
          nextVersion={newest.version + 1}
          backtest={backtest}
          warnings={editor.warnings}
          incomplete={document.fields.filter(isIncomplete).length}
          busy={busy}
          onClose={() => setDialog(null)}
          onSave={(note) => void save(note)}
        />
        <Modal
          opened={dialog === 'backtest'}
          onClose={() => setDialog(null)}
          title="What the draft changes on the latest events"
          size="xl"
          centered
        >
          <BacktestView backtest={backtest} />
        </Modal>
      </div>
    </EditorContext>
  )
}
