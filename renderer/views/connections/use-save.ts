import { useConsole } from '#renderer/state/console-context.ts'
import type { ConnectionEntry, SaveRefusal, SourceEntry } from '#renderer/state/connections-slice.ts'
import { connection } from '#shared/domain/connection.ts'
import { source } from '#shared/domain/source.ts'
import type { FormValues } from './form-fields.ts'
import type { Kind } from './kinds.ts'

/** What is made or changed: one that is there, or a new one of a kind under an id. */
export interface Subject {
  readonly kind: Kind
  readonly id: string
  readonly entry: ConnectionEntry['connection'] | SourceEntry['source'] | null
}

/** Saves a connection or source from the values of its form; null when saved. `quietly`: without a notice. */
export function useSave({ kind, id, entry }: Subject, quietly = false) {
  const slice = useConsole((state) => state.connections)
  return async (name: string, settings: FormValues, secrets: Record<string, string>): Promise<SaveRefusal | null> => {
    const base = { ...entry, id, kind, name, settings }
    if (kind === 'salesforce' || kind === 'connectwise') {
      const parsed = connection.safeParse(base)
      return parsed.success
        ? slice.saveConnection({ connection: parsed.data, secrets }, quietly)
        : refusalOf(parsed.error)
    }
    const parsed = source.safeParse(base)
    return parsed.success ? slice.saveSource({ source: parsed.data, secrets }, quietly) : refusalOf(parsed.error)
  }
}

function refusalOf(error: {
  readonly issues: readonly { readonly path: PropertyKey[]; readonly message: string }[]
}): SaveRefusal {
  const [issue] = error.issues
  return { field: String(issue?.path.at(-1) ?? ''), sentence: issue?.message ?? 'Something in the form is not right.' }
}
