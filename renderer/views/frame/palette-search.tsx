import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { fuzzyFilter } from '#renderer/state/fuzzy.ts'
import { commandText, groupCommands, type Command } from './command.ts'
import { useCommands } from './use-commands.ts'
import { useFound } from './use-found.ts'
import styles from './palette.module.css'

/** The input of the palette, and what fits. The best stands first, and Enter takes it. */
export function PaletteSearch({ onTake, onClose }: { onTake: (command: Command) => void; onClose: () => void }) {
  const [typed, setTyped] = useState('')
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
  useEffect(() => void selectFirstOption(), [typed, first, selectFirstOption])
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const command = fitting.find((one) => one.id === id)
        if (command !== undefined) onTake(command)
      }}
    >
      <Combobox.EventsTarget withExpandedAttribute autoComplete="off">
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
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={styles.options ?? ''} aria-label="What fits">
        {groupCommands(fitting).map((group) => (
          <Group key={group.name} {...group} />
        ))}
        {fitting.length === 0 && (
          <Combobox.Empty>Nothing fits. Two letters or more also search the records.</Combobox.Empty>
        )}
      </Combobox.Options>
      <p className={styles.foot}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> take
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </p>
    </Combobox>
  )
}

function Group({ name, commands }: ReturnType<typeof groupCommands>[number]) {
  return (
    <Combobox.Group label={name}>
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
