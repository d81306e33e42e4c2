import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { Channel } from '#shared/domain/channel.ts'

interface Props {
  readonly channel: Channel
  /** How many rules use it. */
  readonly rules: number
  readonly onRemoved: () => void
}

/** Removes a channel, after saying who is not told any more. */
export function RemoveChannel({ channel, rules, onRemoved }: Props) {
  const [run, busy] = useAction()

  async function remove() {
    const gone = await run(
      'The channel could not be removed.',
      (call) => call.channels.remove({ id: channel.id }),
      () => `“${channel.name}” is removed.`,
    )
    if (gone === null) return
    onRemoved()
    goTo(channelAddress(), true)
  }

  return (
    <Confirm
      title={`Remove “${channel.name}”`}
      consequence={
        <>
          {rules === 0
            ? 'No rule uses it. '
            : `${count(rules, 'rule that uses it tells', 'rules that use it tell')} nobody this way any more. `}
          Its secrets are taken away; what was sent stays in the history. To be left in peace for a while, switch it off
          instead.
        </>
      }
      confirm={{ label: 'Remove the channel', color: 'red' }}
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
