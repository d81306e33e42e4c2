import type { ValueMap } from '#shared/domain/mapping.ts'
import type { Json, SystemName } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'

/** What a value map makes of a value: another value, nothing to write, or a refusal. */
export type Translation =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'leave' } | { readonly kind: 'unmapped' }

function asText(value: Json): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

/**
 * Translates a pick-list value into the other system's. The first pair with the same text wins; when none has it
 * exactly, the first that differs in case only. Several pairs may share a value: the first of them is the way back.
 */
export function translate(map: ValueMap, value: Json, to: SystemName): Translation {
  const from = otherSystem(to)
  const text = asText(value)
  const pair =
    map.pairs.find((candidate) => candidate[from] === text) ??
    map.pairs.find((candidate) => candidate[from].toLowerCase() === text.toLowerCase())
  if (pair !== undefined) return { kind: 'value', value: pair[to] }
  switch (map.unmapped) {
    case 'pass':
      return { kind: 'value', value }
    case 'leave':
      return { kind: 'leave' }
    case 'default': {
      const fallback = map.defaults[to]
      return fallback === undefined ? { kind: 'unmapped' } : { kind: 'value', value: fallback }
    }
    case 'fail':
      return { kind: 'unmapped' }
  }
}
