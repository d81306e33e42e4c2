import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { fuzzyFilter } from '#renderer/state/fuzzy.ts'
import { commandText, groupCommands, type Command } from './command.ts'
import { PaletteAsk } from './palette-ask.tsx'
import { useCommands } from './use-commands.ts'
import { useFound } from './use-found.ts'
import styles from './palette.module.css'

/** Everything one can go to and do, found by a few letters. */
export function Palette() {
  const close = useConsole((state) => state.palette.close)
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState<Command | null>(null)
  const box = useCombobox({ opened: true })
  const commands = useCommands()
  const found = useFound(typed)
  const fitting = [
    ...found.filter(({ group }) => group === 'Events'),
    ...fuzzyFilter(typed, commands, commandText),
    ...found.filter(({ group }) => group !== 'Events'),
  ]
  const first = fitting[0]?.id
  const { selectFirstOption } = box
  // What fits best is taken by Enter; it is drawn before it can be selected.
  useEffect(() => void selectFirstOption(), [typed, first, selectFirstOption])

  const submit = (id: string) => {
    const command = fitting.find((one) => one.id === id)
    if (command === undefined) return
    if (command.ask !== undefined) return setAsking(command)
    close()
    command.run('')
  }
  return (
    <Modal.Root opened onClose={close} size={620} yOffset={90} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Go to or do">
        {asking !== null ? (
          <PaletteAsk command={asking} onDone={close} />
        ) : (
          <Combobox store={box} onOptionSubmit={submit}>
            <Combobox.EventsTarget autoComplete="off">
              <TextInput
                data-autofocus
                variant="unstyled"
                size="md"
                role="combobox"
                aria-expanded
                aria-controls={box.listId ?? undefined}
                classNames={{ input: styles.input ?? '' }}
                aria-label="Go to or do"
                placeholder="A screen, a record, a ticket number, something to do…"
                leftSection={<Icon name="search" size={16} />}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </Combobox.EventsTarget>
            <Combobox.Options className={styles.options ?? ''} aria-label="What fits">
              {groupCommands(fitting).map((group) => (
                <Group key={group.name} {...group} />
              ))}
            </Combobox.Options>
            <p className={styles.foot}>
              <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> do it <kbd>Esc</kbd> close
            </p>
          </Combobox>
        )}
      </Modal.Content>
    </Modal.Root>
  )
}

function Group({ name, commands }: { name: string; commands: readonly Command[] }) {
  return (
    <Combobox.Group label={name} className={styles.group ?? ''}>
      {commands.map(({ id, label, hint, icon, keys }) => (
        <Combobox.Option key={id} value={id} className={styles.option ?? ''}>
          <Icon name={icon} size={15} />
          <span className={styles.label}>{label}</span>
          <span className={styles.hint}>{hint}</span>
          {keys !== undefined && <kbd className={styles.keys}>{keys}</kbd>}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}
