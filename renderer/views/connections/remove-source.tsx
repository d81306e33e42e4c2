import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { SourceEntry } from '#renderer/state/connections-slice.ts'
import { useAction } from '#renderer/state/use-action.ts'

type Source = SourceEntry['source']

/** What goes on at the other side until a person ends it there. */
const elsewhere: Record<Source['kind'], string> = {
  'salesforce-webhook': 'What Salesforce still sends to its address is turned away: switch that off there, too.',
  'connectwise-callback':
    'What ConnectWise still sends to its address is turned away: remove its callbacks there, too.',
  'connectwise-sql': 'The trigger goes on filling the queue table until you run the script that removes it.',
}

/** Removes a source, after saying what will happen. */
export function RemoveSource({ source }: { readonly source: Source }) {
  const reload = useConsole((state) => state.connections.reload)
  const [run, busy] = useAction()

  async function remove() {
    const gone = await run(
      'The source could not be removed.',
      (call) => call.sources.remove({ id: source.id }),
      () => `“${source.name}” is removed.`,
    )
    if (gone !== null) await reload()
  }

  return (
    <Confirm
      title={`Remove “${source.name}”`}
      consequence={
        <>
          Nothing comes in by it any more, and its secrets are deleted here. {elsewhere[source.kind]} The events that it
          brought stay, and what is still to be delivered of them is delivered.
        </>
      }
      confirm={{ label: 'Remove the source', color: 'red' }}
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
