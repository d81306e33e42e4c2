import type { AlertRule } from '#shared/domain/alert.ts'
import type { Json } from '#shared/domain/record.ts'
import type { SliceTools } from '../console-state.ts'

/** What a person has entered of a channel and not saved; secrets are never kept. */
export interface ChannelDraft {
  readonly name: string
  readonly settings: Readonly<Record<string, Json | undefined>>
}

/** What people have begun and not saved, by the key of `draftKey`; it waits as long as the page. */
export interface AlertsSlice {
  readonly ruleDrafts: Readonly<Record<string, AlertRule>>
  readonly channelDrafts: Readonly<Record<string, ChannelDraft>>
  /** null: saved or given up. */
  keepRule(key: string, draft: AlertRule | null): void
  keepChannel(key: string, draft: ChannelDraft | null): void
}

/** The two worlds have rules and channels of their own. */
export function draftKey(workspace: string | undefined, id: string): string {
  return `${workspace ?? ''}/${id}`
}

export function createAlertsSlice({ get, set }: SliceTools<AlertsSlice>): AlertsSlice {
  return {
    ruleDrafts: {},
    channelDrafts: {},
    keepRule: (key, draft) => set({ ruleDrafts: withDraft(get().ruleDrafts, key, draft) }),
    keepChannel: (key, draft) => set({ channelDrafts: withDraft(get().channelDrafts, key, draft) }),
  }
}

function withDraft<Draft>(
  drafts: Readonly<Record<string, Draft>>,
  key: string,
  draft: Draft | null,
): Readonly<Record<string, Draft>> {
  const { [key]: _, ...others } = drafts
  return draft === null ? others : { ...others, [key]: draft }
}
