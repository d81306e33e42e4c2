import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { Sample } from '#shared/domain/sample.ts'
import styles from './keep-sample.module.css'

/** Keeps the event as a test case for mappings, or lets it go again. */
export function KeepSample({ event }: { event: EventDetail }) {
  const { value, reload } = useAnswer(`test case of ${event.id}`, (call) => call.samples.list({ eventId: event.id }))
  const [run, busy] = useAction()
  const [open, setOpen] = useState(false)
  if (value === null) return null
  const [kept] = value

  async function save(name: string) {
    setOpen(false)
    await run(
      'The event could not be kept as a test case.',
      (call) => call.samples.save({ eventId: event.id, name }),
      () => 'Kept as a test case: every backtest of its mapping begins with it.',
    )
    reload()
  }
  async function letGo() {
    await run(
      'The test case could not be let go.',
      (call) => call.samples.remove({ eventId: event.id }),
      () => 'It is a test case no longer.',
    )
    reload()
  }

  if (kept !== undefined) return <Kept sample={kept} busy={busy} onLetGo={() => void letGo()} />
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus withArrow>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          loading={busy}
          leftSection={<Icon name="box" size={12} />}
          onClick={() => setOpen(!open)}
        >
          Keep as test case…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm first={event.title ?? ''} onSave={(name) => void save(name)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Kept({ sample, busy, onLetGo }: { sample: Sample; busy: boolean; onLetGo: () => void }) {
  return (
    <span className={styles.kept}>
      <Icon name="box" size={13} />
      <span>
        Test case <strong>{sample.name}</strong>
      </span>
      <Button size="compact-xs" variant="subtle" loading={busy} onClick={onLetGo}>
        Let it go
      </Button>
    </span>
  )
}

function NameForm({ first, onSave }: { first: string; onSave: (name: string) => void }) {
  const [name, setName] = useState(first)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave(name.trim())
      }}
    >
      <p>The event stays, whatever its age, and drafts of its mapping are tried on it.</p>
      <TextInput
        data-autofocus
        size="xs"
        label="What it is an example of"
        placeholder="Account with two owners"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={name.trim() === ''}>
        Keep it
      </Button>
    </form>
  )
}
