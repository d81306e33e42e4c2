import { Drawer } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import type { ConnectionEntry, SaveRefusal, SourceEntry } from '#renderer/state/connections-slice.ts'
import { connection } from '#shared/domain/connection.ts'
import { source } from '#shared/domain/source.ts'
import type { FormValues } from './form-fields.ts'
import { freeId, kinds } from './kinds.ts'
import type { Kind } from './kinds.ts'
import { SettingsForm } from './settings-form.tsx'

/** What is being edited: one that is there, or a new one of a kind. */
export type Edited =
  | { readonly kind: Kind; readonly entry: null }
  | {
      readonly kind: Kind
      readonly entry: ConnectionEntry['connection'] | SourceEntry['source']
      readonly secrets: Record<string, { set: boolean }>
    }

/** The form at the side in which a connection or source is made or changed. */
export function EditorDrawer({ edited, onClose }: { edited: Edited | null; onClose: () => void }) {
  const title = edited === null ? '' : (edited.entry?.name ?? `New: ${kinds[edited.kind].title}`)
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      position="right"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={460}
      title={<strong>{title}</strong>}
    >
      {edited !== null && <Editor edited={edited} onClose={onClose} />}
    </Drawer>
  )
}

function Editor({ edited, onClose }: { edited: Edited; onClose: () => void }) {
  const save = useSave(edited)
  const info = kinds[edited.kind]
  return (
    <SettingsForm
      info={info}
      name={edited.entry?.name ?? info.title}
      settings={edited.entry?.settings ?? null}
      secrets={edited.entry === null ? {} : edited.secrets}
      onSave={save}
      onDone={onClose}
    />
  )
}

function useSave(edited: Edited) {
  const slice = useConsole((state) => state.connections)
  return async (name: string, settings: FormValues, secrets: Record<string, string>): Promise<SaveRefusal | null> => {
    const { kind } = edited
    const taken = [
      ...slice.connections.map((entry) => entry.connection.id),
      ...slice.sources.map((entry) => entry.source.id),
    ]
    const base = { ...edited.entry, id: edited.entry?.id ?? freeId(kind, taken), kind, name, settings }
    if (kind === 'salesforce' || kind === 'connectwise') {
      const parsed = connection.safeParse(base)
      return parsed.success ? slice.saveConnection({ connection: parsed.data, secrets }) : refusalOf(parsed.error)
    }
    const parsed = source.safeParse(base)
    return parsed.success ? slice.saveSource({ source: parsed.data, secrets }) : refusalOf(parsed.error)
  }
}

function refusalOf(error: {
  readonly issues: readonly { readonly path: PropertyKey[]; readonly message: string }[]
}): SaveRefusal {
  const [issue] = error.issues
  return { field: String(issue?.path.at(-1) ?? ''), sentence: issue?.message ?? 'Something in the form is not right.' }
}
