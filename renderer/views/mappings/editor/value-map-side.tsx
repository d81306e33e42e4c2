import { Button, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { mappedValues, withoutTarget, withTarget, type MappedValue } from '#renderer/state/mappings/value-pairs.ts'
import type { Direction, ValueMap } from '#shared/domain/mapping.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { PickListValue } from '#shared/domain/schema.ts'
import { useEditor } from './editor-context.ts'
import { ValueInput } from './value-input.tsx'
import styles from './value-map.module.css'

interface Props {
  readonly map: ValueMap
  readonly from: SystemName
  readonly to: SystemName
  readonly direction: Direction
  readonly offered: readonly PickListValue[]
  readonly targets: readonly PickListValue[]
  readonly seen: readonly string[]
  readonly onChange: (change: (last: ValueMap) => ValueMap, step?: string) => void
}

/** The values of one pick list, each with what it is in the other; those that lead nowhere come first. */
export function ValueMapSide({ direction, from, map, offered, onChange, seen, targets, to }: Props) {
  const { wantedValue, to: lookedAt } = useEditor()
  const isWanted = (value: string) => to === lookedAt && value.toLowerCase() === wantedValue?.toLowerCase()
  /** Values that a person named and that have no pair yet. */
  const [typed, setTyped] = useState<readonly string[]>([])
  const extra = [...seen, ...typed, ...(wantedValue !== null && to === lookedAt ? [wantedValue] : [])]
  const values = mappedValues(map, to, offered, extra)
  // Where a value stands is settled when the list opens: it must not jump away under the hand that pairs it.
  const [order] = useState(() => values.map(({ value }) => value))
  const sorted = useMemo(() => inOrder(values, order), [values, order])
  const unmapped = values.filter(({ target }) => target === undefined).length
  return (
    <section className={styles.side} aria-label={`${systemTitle[from]} to ${systemTitle[to]}`}>
      <header className={styles.sideHead}>
        <span>{systemTitle[from]}</span>
        <Icon name="arrow" size={12} />
        <span>{systemTitle[to]}</span>
        {unmapped > 0 && map.unmapped === 'fail' && (
          <span className={styles.open} data-tone="wait">
            {unmapped} without a pair
          </span>
        )}
      </header>
      <ul className={styles.values}>
        {sorted.map((one) => (
          <ValueLine
            key={one.value}
            one={one}
            to={to}
            isWanted={isWanted(one.value)}
            isStop={map.unmapped === 'fail'}
            targets={targets}
            onChange={(target) =>
              onChange(
                (last) =>
                  target === ''
                    ? withoutTarget(last, to, one.value)
                    : withTarget(last, to, one.value, target, direction),
                targets.length === 0 ? `pair ${to} ${one.value}` : '',
              )
            }
          />
        ))}
      </ul>
      <NewValue onAdd={(value) => setTyped([...typed, value])} from={from} />
    </section>
  )
}

interface LineProps {
  readonly one: MappedValue
  readonly to: SystemName
  readonly isWanted: boolean
  /** A value without a pair stops the delivery. */
  readonly isStop: boolean
  readonly targets: readonly PickListValue[]
  readonly onChange: (target: string) => void
}

function ValueLine({ isStop, isWanted, one, onChange, targets, to }: LineProps) {
  const input = useRef<HTMLSelectElement & HTMLInputElement>(null)
  useEffect(() => {
    if (!isWanted) return
    input.current?.focus({ preventScroll: true })
  }, [isWanted])
  const isOpen = one.target === undefined
  return (
    <li className={styles.value} data-wanted={isWanted}>
      <span className={styles.word} title={one.isOffered ? one.value : `${one.value}: not in the pick list`}>
        {one.label}
        {!one.isOffered && <span className={styles.soft}> (not offered)</span>}
      </span>
      <ValueInput
        label={`${one.label} in ${systemTitle[to]}`}
        isLabelHidden
        ref={input}
        none={isOpen && isStop ? 'Choose…' : 'No pair'}
        tone={isOpen && isStop ? 'bad' : undefined}
        value={one.target ?? ''}
        offered={targets}
        onChange={onChange}
      />
    </li>
  )
}

function NewValue({ from, onAdd }: { from: SystemName; onAdd: (value: string) => void }) {
  const [value, setValue] = useState('')
  const typed = value.trim()
  return (
    <form
      className={styles.fresh}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (typed !== '') onAdd(typed)
        setValue('')
      }}
    >
      <TextInput
        size="xs"
        aria-label={`Another value of ${systemTitle[from]}`}
        placeholder="Another value"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={typed === ''}>
        Add
      </Button>
    </form>
  )
}

function inOrder(values: readonly MappedValue[], order: readonly string[]): MappedValue[] {
  const place = (value: string) => (order.includes(value) ? order.indexOf(value) : order.length)
  return values.toSorted((one, other) => place(one.value) - place(other.value))
}
