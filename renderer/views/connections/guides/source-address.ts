import { useConsole } from '#renderer/state/console-context.ts'
import type { FormValues } from '../form-fields.ts'

/** Where a source is reached. */
export interface SourceAddress {
  readonly url: string
  /** Reached from outside; else from this computer alone. */
  readonly isPublic: boolean
}

/** The address of a source: the public one that a person has entered, else the receiver's own. */
export function useSourceAddress(id: string, values: FormValues = {}): SourceAddress {
  const receiver = useConsole((state) => state.relay.health?.receiverUrl ?? '')
  const entry = useConsole((state) => state.connections.sources.find(({ source }) => source.id === id))
  const settings: FormValues = entry?.source.settings ?? {}
  const entered = values['publicUrl'] ?? settings['publicUrl']
  if (typeof entered === 'string' && entered !== '') return { url: entered.replace(/\/+$/, ''), isPublic: true }
  return { url: `${receiver}/hooks/${id}`, isPublic: false }
}
