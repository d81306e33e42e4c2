import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { newRule } from '#renderer/state/alerts/rule-draft.ts'
import { useChannels, useRules } from '#renderer/state/alerts/use-alerts.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { RuleEditor } from './rule-editor.tsx'

/** One rule to be changed, or a new one. */
export function RulePage({ id }: { id: string }) {
  const rules = useRules()
  const channels = useChannels()
  if (rules.value === null || channels.value === null) {
    const failed = rules.failed ?? channels.failed
    if (failed === null) return <Waiting />
    const again = () => {
      rules.reload()
      channels.reload()
    }
    return <LoadFailure what="The rule" error={failed} again={again} />
  }
  const known = channels.value.map(({ channel }) => channel)
  const stored = rules.value.find((rule) => rule.id === id)
  if (stored === undefined && id !== 'new') {
    return (
      <EmptyState icon="bell" title="There is no such rule">
        It may have been removed. <a href={ruleAddress()}>See all rules</a>
      </EmptyState>
    )
  }
  const told = known.filter(({ enabled, kind }) => enabled && kind !== 'heartbeat').map((channel) => channel.id)
  return (
    <RuleEditor
      start={stored ?? newRule(told)}
      isNew={stored === undefined}
      taken={rules.value.map((rule) => rule.id)}
      channels={known}
      onChanged={rules.reload}
    />
  )
}
