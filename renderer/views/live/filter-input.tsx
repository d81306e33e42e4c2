import { CloseButton, Combobox, PillsInput, useCombobox } from '@mantine/core'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { filterHint } from '#renderer/state/filter-words.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useShortcut } from '#renderer/state/use-shortcut.ts'
import { suggestions } from '#shared/logic/filter-suggestions.ts'
import { filterTokens } from '#shared/logic/filter-tokens.ts'
import { FilterPart } from './filter-part.tsx'
import { useFilterDraft } from './use-filter-draft.ts'
import styles from './filter-input.module.css'

interface Props {
  readonly value: string
  readonly onChange: (text: string) => void
}

/**
 * What the list shows, typed: parts such as `state:dead` become chips, words are searched for while one types. It offers keys and values
 * all along, and says at once what can't be meant. `/` leads here.
 */
export function FilterInput({ value, onChange }: Props) {
  const filter = useFilterDraft(value, onChange)
  const input = useRef<HTMLInputElement>(null)
  const box = useCombobox()
  const { options, take } = useSuggestions(filter.draft)
  const problem = filter.chips.find((chip) => chip.problem !== null)?.problem
  useShortcut('/', () => input.current?.focus())

  const hasBegun = filter.draft !== '' && options.length > 0
  const isOffering = box.dropdownOpened && options.length > 0
  const { resetSelectedOption, selectFirstOption } = box
  // What was begun is most likely the first one; with nothing begun, Enter takes none.
  useEffect(() => {
    if (hasBegun) selectFirstOption()
    else resetSelectedOption()
  }, [hasBegun, filter.draft, resetSelectedOption, selectFirstOption])

  const submit = (text: string) => {
    const typed = take(text)
    if (typed.endsWith(' ')) filter.commit(typed)
    else filter.type(typed)
    if (typed.endsWith(' ')) box.closeDropdown()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && box.getSelectedOptionIndex() < 0) {
      filter.commit()
      box.closeDropdown()
    } else if (event.key === 'Tab' && hasBegun && !event.shiftKey) {
      event.preventDefault()
      submit(options[Math.max(0, box.getSelectedOptionIndex())]?.text ?? '')
    } else if (event.key === 'Escape') {
      filter.drop()
      event.currentTarget.blur()
    } else if (event.key === 'Backspace' && filter.draft === '' && filter.chips.length > 0) {
      event.preventDefault()
      filter.edit(filter.chips.length - 1)
    }
  }

  return (
    <div className={styles.filter}>
      <Combobox store={box} onOptionSubmit={submit} position="bottom-start" offset={4} width="max-content">
        <Combobox.DropdownTarget>
          <PillsInput
            size="xs"
            className={styles.input ?? ''}
            error={problem !== undefined}
            leftSection={<Icon name="filter" size={13} />}
            rightSection={
              (filter.chips.length > 0 || filter.draft !== '') && (
                <CloseButton size="xs" aria-label="Clear the filter" onClick={() => filter.clear()} />
              )
            }
            onClick={() => input.current?.focus()}
          >
            <div className={styles.row}>
              {filter.chips.map((chip, index) => (
                <FilterPart
                  key={`${index} ${chip.text}`}
                  chip={chip}
                  onEdit={() => {
                    filter.edit(index)
                    input.current?.focus()
                  }}
                  onRemove={() => filter.remove(index)}
                />
              ))}
              <Combobox.EventsTarget withExpandedAttribute autoComplete="off">
                <PillsInput.Field
                  ref={input}
                  className={styles.field ?? ''}
                  role="combobox"
                  aria-expanded={isOffering}
                  aria-controls={box.listId ?? undefined}
                  aria-label="Filter the list"
                  aria-invalid={problem !== undefined}
                  aria-describedby={problem === undefined ? undefined : 'filter-problem'}
                  spellCheck={false}
                  placeholder={filter.chips.length === 0 ? 'Words, or state:dead  system:cw  since:2h   ( / )' : ''}
                  value={filter.draft}
                  onFocus={() => box.openDropdown()}
                  onBlur={() => {
                    box.closeDropdown()
                    filter.commit()
                  }}
                  onKeyDown={onKeyDown}
                  onChange={(event) => {
                    filter.type(event.currentTarget.value)
                    box.openDropdown()
                  }}
                />
              </Combobox.EventsTarget>
            </div>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={!isOffering} className={styles.dropdown ?? ''}>
          {isOffering && <Problem sentence={problem} />}
          <Combobox.Options mah={400} className={styles.options ?? ''} aria-label="Ways to filter">
            {options.map((option) => (
              <Combobox.Option key={option.text} value={option.text} className={styles.option ?? ''}>
                <code>{option.label}</code>
                <span className={styles.hint}>{option.hint}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {!isOffering && (
        <div className={styles.below}>
          <Problem sentence={problem} />
        </div>
      )}
    </div>
  )
}

/** What can't be meant, and what could be. */
function Problem({ sentence }: { sentence: string | null | undefined }) {
  if (sentence === null || sentence === undefined) return null
  return (
    <p id="filter-problem" className={styles.problem} role="alert" data-tone="bad">
      {sentence} It is left out until then.
    </p>
  )
}

/** What may come next, with what it means; `take` answers the draft with one of them taken. */
function useSuggestions(draft: string) {
  const sources = useConsole((state) => state.relay.health?.sources)
  const routes = useAnswer('routes', (call) => call.routes.list()).value
  return useMemo(() => {
    const names = Object.fromEntries([...(routes ?? []), ...(sources ?? [])].map(({ id, name }) => [id, name]))
    const entities = [...new Set((routes ?? []).map((route) => route.match.entity))]
    const offered = suggestions(draft, draft.length, {
      routes: (routes ?? []).map(({ id }) => id),
      sources: (sources ?? []).map(({ id }) => id),
      entities,
    })
    const [token] = filterTokens(draft)
    const key = token?.key ?? null
    return {
      options: offered.options.map(({ text, label }) => ({
        text,
        label: key === null ? `${label}:` : label,
        hint: key === null ? filterHint(label, null) : filterHint(key, label, names),
      })),
      take: (text: string) => `${draft.slice(0, offered.from)}${text}${draft.slice(offered.to)}`,
    }
  }, [draft, routes, sources])
}
