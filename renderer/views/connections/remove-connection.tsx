import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import type { ConnectionEntry } from '#renderer/state/connections-slice.ts'
import { isConflict, sentenceOf } from '#renderer/state/host-error.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'

type Connection = ConnectionEntry['connection']

/** Removes a connection, after saying what will happen; one that is used says by what. */
export function RemoveConnection({ connection }: { readonly connection: Connection }) {
  const { id, name } = connection
  const { routes, sources, reload } = useConsole((state) => state.connections)
  const [run, busy] = useAction()
  /** What the host wants decided before it goes on. */
  const [question, setQuestion] = useState<string | null>(null)
  const users = [
    ...routes.filter((route) => route.connectionId === id || route.sourceConnectionId === id),
    ...sources.map(({ source }) => source).filter(({ settings }) => settings.connectionId === id),
  ]

  async function remove(withOpen: boolean) {
    setQuestion(null)
    const answer = await run(
      'The connection could not be removed.',
      async (call) => {
        try {
          return await call.connections.remove({ id, withOpen })
        } catch (error) {
          if (withOpen || !isConflict(error)) throw error
          setQuestion(sentenceOf(error))
          return null
        }
      },
      (gone) => gone && `“${name}” is removed.${endedWords(gone.openDeliveries)}`,
    )
    if (answer !== null) await reload()
  }

  return (
    <>
      <Confirm
        title={`Remove “${name}”`}
        consequence={<Consequence users={users} />}
        confirm={users.length > 0 ? { label: 'See the routes' } : { label: 'Remove the connection', color: 'red' }}
        onConfirm={() => (users.length > 0 ? goTo(addressOf('routes')) : remove(false))}
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
      <Modal opened={question !== null} onClose={() => setQuestion(null)} title={`Remove “${name}”`} centered>
        {question}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={() => setQuestion(null)}>
            Cancel
          </Button>
          <Button data-autofocus color="red" onClick={() => void remove(true)}>
            Remove all the same
          </Button>
        </Group>
      </Modal>
    </>
  )
}

function Consequence({ users }: { readonly users: readonly { readonly id: string; readonly name: string }[] }) {
  if (users.length === 0) {
    return (
      <>
        Nothing is read from it or written to it any more, and its secrets are deleted here. What it delivered stays,
        with its history. To stop it for a while, pause it instead.
      </>
    )
  }
  return (
    <>
      It can’t be removed yet, as {count(users.length, 'route or source uses', 'routes and sources use')} it. Remove
      them first:
      <ul>
        {users.map(({ id, name }) => (
          <li key={`${id} ${name}`}>{name}</li>
        ))}
      </ul>
    </>
  )
}

function endedWords(many: number): string {
  return many === 0 ? '' : ` ${count(many, 'delivery is', 'deliveries are')} cancelled.`
}
