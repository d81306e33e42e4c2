import { Drawer } from '@mantine/core'
import type { ConnectionEntry, SourceEntry } from '#renderer/state/connections-slice.ts'
import { kinds } from './kinds.ts'
import { SettingsForm } from './settings-form.tsx'
import { useSettingsDraft } from './settings-draft.ts'
import { useSave } from './use-save.ts'

/** A connection or source whose settings are being changed. */
export interface Edited {
  readonly entry: ConnectionEntry['connection'] | SourceEntry['source']
  readonly secrets: Record<string, { set: boolean }>
}

/** The form at the side in which all settings of a connection or source can be changed. */
export function EditorDrawer({ edited, onClose }: { edited: Edited | null; onClose: () => void }) {
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      position="right"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={460}
      title={<strong>{edited?.entry.name}</strong>}
    >
      {edited !== null && <Editor edited={edited} onClose={onClose} />}
    </Drawer>
  )
}

function Editor({ edited: { entry, secrets }, onClose }: { edited: Edited; onClose: () => void }) {
  const save = useSave({ kind: entry.kind, id: entry.id, entry })
  const draft = useSettingsDraft(kinds[entry.kind], { name: entry.name, settings: entry.settings, secrets }, save)
  return <SettingsForm draft={draft} onDone={onClose} />
}
