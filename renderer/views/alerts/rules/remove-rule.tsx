import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { AlertRule } from '#shared/domain/alert.ts'

/** Removes a rule, after saying what becomes of its alerts. */
export function RemoveRule({ rule, onRemoved }: { readonly rule: AlertRule; readonly onRemoved: () => void }) {
  const [run, busy] = useAction()

  async function remove() {
    const gone = await run(
      'The rule could not be removed.',
      (call) => call.alertRules.remove({ id: rule.id }),
      () => `“${rule.name}” is removed.`,
    )
    if (gone === null) return
    onRemoved()
    goTo(ruleAddress(), true)
  }

  return (
    <Confirm
      title={`Remove “${rule.name}”`}
      consequence="Nobody is told of this any more. Alerts of it that are open end now; what it found before stays in the history. To be left in peace for a while, switch it off instead."
      confirm={{ label: 'Remove the rule', color: 'red' }}
      onConfirm={remove}
      trigger={(ask) => (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          leftSection={<Icon name="trash" size={13} />}
          onClick={ask}
        >
          Remove…
        </Button>
      )}
    />
  )
}
