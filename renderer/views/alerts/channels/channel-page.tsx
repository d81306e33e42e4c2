import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { useChannels, useRules } from '#renderer/state/alerts/use-alerts.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { ChannelEditor } from './channel-editor.tsx'
import { channelKindOf } from './channel-kinds.ts'

/** One channel to be changed, or a new one of a kind. */
export function ChannelPage({ id, wantedKind }: { id: string; wantedKind: string | null }) {
  const channels = useChannels()
  const rules = useRules().value ?? []
  if (channels.value === null) {
    const { failed, reload } = channels
    return failed === null ? <Waiting /> : <LoadFailure what="The channel" error={failed} again={reload} />
  }
  const stored = channels.value.find(({ channel }) => channel.id === id)
  const kind = stored?.channel.kind ?? (id === 'new' ? channelKindOf(wantedKind) : null)
  if (kind === null) {
    return (
      <EmptyState icon="bell" title="There is no such channel">
        It may have been removed. <a href={channelAddress()}>See all channels</a>
      </EmptyState>
    )
  }
  return (
    <ChannelEditor
      kind={kind}
      stored={stored ?? null}
      taken={channels.value.map(({ channel }) => channel.id)}
      rules={rules.filter((rule) => rule.channels.some((one) => one === id)).length}
      onChanged={channels.reload}
    />
  )
}
