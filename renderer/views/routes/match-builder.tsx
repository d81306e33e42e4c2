import { Button, Chip, Group, SegmentedControl } from '@mantine/core'
import { useRef } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import type { FieldChoice } from '#renderer/state/route-draft.ts'
import { actionGroups } from '#renderer/state/route-words.ts'
import type { Condition, Match } from '#shared/domain/match.ts'
import type { Route } from '#shared/domain/route.ts'
import { ConditionRow } from './condition-row.tsx'
import { ExpressionPart } from './expression-part.tsx'
import { FormPart } from '#renderer/parts/form-part.tsx'
import styles from './match-builder.module.css'

interface Props {
  readonly draft: Route
  readonly fields: readonly FieldChoice[]
  readonly onChange: (match: Match) => void
}

/** Which events the route takes: what happened to the record, and conditions on its fields. */
export function MatchBuilder({ draft, fields, onChange }: Props) {
  const { match } = draft
  const rows = useRowKeys(match.conditions.length)
  const setConditions = (conditions: Condition[]) => onChange({ ...match, conditions })
  const terms = match.conditions.length + (match.expression === undefined ? 0 : 1)
  return (
    <FormPart title="Match" lead={`Which ${match.entity} events it takes.`}>
      <Group gap={8} role="group" aria-label={`Takes a ${match.entity} that is`}>
        {actionGroups.map(({ name, label, actions }) => {
          const isOn = actions.some((one) => match.actions.includes(one))
          return (
            <Chip
              key={name}
              size="xs"
              checked={isOn}
              onChange={() => {
                const others = match.actions.filter((one) => !actions.some((own) => own === one))
                onChange({ ...match, actions: isOn ? others : [...others, ...actions] })
              }}
            >
              {label}
            </Chip>
          )
        })}
      </Group>
      {terms === 0 && <p className={styles.soft}>No conditions: every such event is taken.</p>}
      {terms > 1 && (
        <SegmentedControl
          className={styles.combine ?? ''}
          size="xs"
          aria-label="How the conditions go together"
          value={match.combine ?? 'all'}
          data={[
            { value: 'all', label: 'All of these hold' },
            { value: 'any', label: 'Any of these holds' },
          ]}
          onChange={(combine) => onChange({ ...match, combine })}
        />
      )}
      {match.conditions.length > 0 && (
        <ol className={styles.conditions} aria-label="Conditions">
          {match.conditions.map((condition, index) => (
            <li key={rows.keys[index]}>
              <span className={styles.joint}>{index === 0 ? 'where' : match.combine === 'any' ? 'or' : 'and'}</span>
              <ConditionRow
                condition={condition}
                number={index + 1}
                fields={fields}
                onChange={(next) => setConditions(match.conditions.with(index, next))}
                onRemove={() => {
                  rows.remove(index)
                  setConditions(match.conditions.toSpliced(index, 1))
                }}
              />
            </li>
          ))}
        </ol>
      )}
      {match.expression !== undefined && (
        <ExpressionPart
          expression={match.expression}
          fields={fields}
          onChange={(expression) => onChange({ ...match, expression })}
          onRemove={() => {
            const { expression: _, ...rest } = match
            onChange(rest)
          }}
        />
      )}
      <div className={styles.add}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="plus" size={13} />}
          onClick={() => setConditions([...match.conditions, { field: '', operator: 'is', value: '' }])}
        >
          Add a condition
        </Button>
        {match.expression === undefined && (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({ ...match, expression: '' })}>
            Use an expression
          </Button>
        )}
      </div>
    </FormPart>
  )
}

/** A key for each row that stays with it when one above is removed. */
function useRowKeys(many: number): { readonly keys: readonly number[]; remove(index: number): void } {
  const held = useRef({ keys: [] as number[], next: 0 })
  const { keys } = held.current
  while (keys.length < many) keys.push(held.current.next++)
  keys.length = many
  return { keys: [...keys], remove: (index) => void keys.splice(index, 1) }
}
