import type { Direction, ValueMap } from '#shared/domain/mapping.ts'
import { otherSystem, type SystemName } from '#shared/domain/record.ts'
import type { PickListValue } from '#shared/domain/schema.ts'

type Pair = ValueMap['pairs'][number]

/** One value of the side that is read, and what the map makes of it. */
export interface MappedValue {
  readonly value: string
  readonly label: string
  /** undefined: no pair names it. */
  readonly target: string | undefined
  /** The pick list offers it; a value may also be known from a pair or an event alone. */
  readonly isOffered: boolean
}

/** The value that a map gives for this text, without regard to what happens to others. */
export function targetOf(map: ValueMap, to: SystemName, value: string): string | undefined {
  const from = otherSystem(to)
  const pair =
    map.pairs.find((one) => one[from] === value) ??
    map.pairs.find((one) => one[from].toLowerCase() === value.toLowerCase())
  return pair?.[to]
}

/**
 * All values that may come from one side, those without a pair first: what its pick list offers, what pairs name besides, and what
 * `seen` says occurs.
 */
export function mappedValues(
  map: ValueMap,
  to: SystemName,
  offered: readonly PickListValue[],
  seen: readonly string[] = [],
): MappedValue[] {
  const from = otherSystem(to)
  const known = new Map<string, MappedValue>()
  const add = (value: string, label: string, isOffered: boolean) => {
    const key = value.toLowerCase()
    if (value !== '' && !known.has(key)) known.set(key, { value, label, target: targetOf(map, to, value), isOffered })
  }
  for (const { value, label, active } of offered) if (active) add(value, label, true)
  for (const value of seen) add(value, value, false)
  for (const pair of map.pairs) add(pair[from], pair[from], false)
  const all = [...known.values()]
  return [...all.filter(({ target }) => target === undefined), ...all.filter(({ target }) => target !== undefined)]
}

/**
 * The map with another target for one value. In a row that works both ways, the first pair of a value is the one that counts in each
 * direction: a pair that is still the way back for its value stays behind the new one, any other that lost its effect goes.
 */
export function withTarget(
  map: ValueMap,
  to: SystemName,
  value: string,
  target: string,
  direction: Direction,
): ValueMap {
  const from = otherSystem(to)
  const fresh: Pair = { salesforce: value, connectwise: value, [to]: target }
  const rest = map.pairs.filter((pair) => !(pair[from] === value && pair[to] === target))
  const firstOfValue = rest.findIndex((pair) => pair[from] === value)
  const at = firstOfValue === -1 ? rest.length : firstOfValue
  const pairs = rest.toSpliced(at, 0, fresh)
  return { ...map, pairs: pairs.filter((pair, index) => index === at || hasEffect(pairs, index, pair, to, direction)) }
}

/** The map in which no pair names this value of the side that is read. */
export function withoutTarget(map: ValueMap, to: SystemName, value: string): ValueMap {
  const from = otherSystem(to)
  return { ...map, pairs: map.pairs.filter((pair) => pair[from].toLowerCase() !== value.toLowerCase()) }
}

/** Pairs for values without one, where both sides have the same word. */
export function equalPairs(
  unmapped: readonly MappedValue[],
  targets: readonly PickListValue[],
): { readonly value: string; readonly target: string }[] {
  const byWord = new Map(targets.filter(({ active }) => active).map((one) => [wordOf(one.label), one.value]))
  for (const { value, active } of targets) if (active && !byWord.has(wordOf(value))) byWord.set(wordOf(value), value)
  return unmapped.flatMap(({ value, label, target }) => {
    const found = byWord.get(wordOf(value)) ?? byWord.get(wordOf(label))
    return target === undefined && found !== undefined ? [{ value, target: found }] : []
  })
}

/** Letters and digits alone, so that `In-Progress` is `in progress`. */
function wordOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, '')
}

function hasEffect(pairs: readonly Pair[], index: number, pair: Pair, to: SystemName, direction: Direction): boolean {
  const isFirst = (side: SystemName) => pairs.findIndex((one) => one[side] === pair[side]) === index
  const reads = otherSystem(to)
  return isFirst(reads) || (direction === 'both' && isFirst(to))
}
