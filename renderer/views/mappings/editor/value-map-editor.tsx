import { Button, NativeSelect } from '@mantine/core'
import { unmappedWords } from '#renderer/state/mappings/mapping-words.ts'
import { equalPairs, mappedValues, withTarget } from '#renderer/state/mappings/value-pairs.ts'
import { count } from '#renderer/state/wording.ts'
import { directionTo, type MappingField, type ValueMap } from '#shared/domain/mapping.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { PickListValue } from '#shared/domain/schema.ts'
import { useEditor } from './editor-context.ts'
import styles from './value-map.module.css'
import { ValueMapSide } from './value-map-side.tsx'
import { ValueInput } from './value-input.tsx'

interface Props {
  readonly row: MappingField
  readonly at: number
  readonly map: ValueMap
}

/** What each value of one pick list is in the other; in a row that works both ways also the way back, beside it. */
export function ValueMapEditor({ row, at, map }: Props) {
  const { editRow, fields, from, to } = useEditor()
  const set = (change: (last: ValueMap) => ValueMap, step = '') =>
    editRow(at, (last) => (last.valueMap === undefined ? last : { ...last, valueMap: change(last.valueMap) }), step)
  const offeredOf = (system: SystemName): readonly PickListValue[] =>
    fields[system].find(({ name }) => name === row[system])?.values ?? []
  const seenOf = (system: SystemName) => fields[system].find(({ name }) => name === row[system])?.examples ?? []
  const sides = ([to, from] as const).filter(
    (system) => row.direction === 'both' || row.direction === directionTo(system),
  )
  const equal = sides.flatMap((side) => {
    const source = side === to ? from : to
    const known = mappedValues(map, side, offeredOf(source), seenOf(source))
    return equalPairs(known, offeredOf(side)).map((pair) => ({ ...pair, side }))
  })
  return (
    <div className={styles.map}>
      <div className={styles.sides} data-count={sides.length}>
        {sides.map((side) => {
          const source = side === to ? from : to
          return (
            <ValueMapSide
              key={side}
              map={map}
              to={side}
              from={source}
              direction={row.direction}
              offered={offeredOf(source)}
              targets={offeredOf(side)}
              seen={seenOf(source)}
              onChange={set}
            />
          )
        })}
      </div>
      <div className={styles.rest}>
        {equal.length > 0 && (
          <Button
            size="compact-xs"
            variant="light"
            onClick={() =>
              set((last) =>
                equal.reduce(
                  (made, { side, value, target }) => withTarget(made, side, value, target, row.direction),
                  last,
                ),
              )
            }
          >
            Pair {count(equal.length, 'equal name')}
          </Button>
        )}
        <NativeSelect
          size="xs"
          label="Any other value"
          data={Object.entries(unmappedWords).map(([value, label]) => ({ value, label }))}
          value={map.unmapped}
          onChange={(event) => {
            const unmapped = event.currentTarget.value as ValueMap['unmapped']
            set((last) => ({ ...last, unmapped }))
          }}
        />
        {map.unmapped === 'default' &&
          sides.map((side) => (
            <ValueInput
              key={side}
              label={`Default in ${systemTitle[side]}`}
              value={map.defaults[side] ?? ''}
              offered={offeredOf(side)}
              onChange={(value) =>
                set((last) => ({ ...last, defaults: { ...last.defaults, [side]: value } }), `map default ${at} ${side}`)
              }
            />
          ))}
      </div>
    </div>
  )
}
