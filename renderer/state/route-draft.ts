import type { ConnectionId, RouteId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Condition, Match } from '#shared/domain/match.ts'
import { otherSystem, systemTitle, type SystemName } from '#shared/domain/record.ts'
import { route, type Route } from '#shared/domain/route.ts'
import type { EntitySchema, SamplePath } from '#shared/domain/schema.ts'
import { freeIdOf } from '#shared/logic/free-id.ts'
import { takesValue } from './route-words.ts'

/** A connection of each system, as far as there is one. */
export type Ends = Readonly<Record<SystemName, ConnectionId | undefined>>

/** A field that a condition can speak of. */
export interface FieldChoice {
  readonly name: string
  readonly label: string
  /** Values seen in events, and those that a pick list offers. */
  readonly values: readonly string[]
}

/** What a new route begins with: everything of the mapping's entity, switched off until somebody has looked at it. */
export function newRoute(
  mapping: MappingDocument,
  from: SystemName,
  ends: Ends,
  taken: readonly RouteId[],
): Route | null {
  const to = otherSystem(from)
  const [here, there] = [ends[from], ends[to]]
  if (here === undefined || there === undefined) return null
  const name = nameFor(mapping, from)
  return route.parse({
    id: freeIdOf(name, taken, 'route'),
    name,
    from,
    match: { entity: mapping[from].entity, actions: ['created', 'updated', 'deleted', 'restored', 'touched'] },
    mappingId: mapping.id,
    connectionId: there,
    sourceConnectionId: here,
    enabled: false,
  })
}

/** The route with another mapping or direction. Conditions are about fields of the old entity and go; a name that was made up follows. */
export function redirected(draft: Route, mapping: MappingDocument, from: SystemName, ends: Ends): Route {
  const sameEnds = draft.from === from
  const { expression: _, combine: __, ...match } = draft.match
  const isSame = sameEnds && draft.match.entity === mapping[from].entity
  return {
    ...draft,
    name: draft.name.includes('→') ? nameFor(mapping, from) : draft.name,
    from,
    mappingId: mapping.id,
    match: isSame ? draft.match : { ...match, entity: mapping[from].entity, conditions: [] },
    sourceConnectionId: sameEnds ? draft.sourceConnectionId : (ends[from] ?? draft.connectionId),
    connectionId: sameEnds ? draft.connectionId : (ends[otherSystem(from)] ?? draft.sourceConnectionId),
  }
}

/** Conditions that say something; rows that a person has only begun are left out. */
export function finished(conditions: readonly Condition[]): Condition[] {
  return conditions.filter(isFinished)
}

export function isFinished({ field, operator, value }: Condition): boolean {
  if (field.trim() === '') return false
  if (!takesValue(operator)) return true
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
}

/** The match as it would be stored. */
export function storedMatch(match: Match): Match {
  const { combine, expression, ...rest } = match
  const conditions = finished(match.conditions).map(({ value, ...one }) =>
    takesValue(one.operator) && value !== undefined ? { ...one, value } : one,
  )
  const text = expression?.trim() ?? ''
  const terms = conditions.length + (text === '' ? 0 : 1)
  return {
    ...rest,
    conditions,
    ...(combine === 'any' && terms > 1 && { combine }),
    ...(text !== '' && { expression: text }),
  }
}

/** Whether both would be stored as the same. */
export function isSameRoute(one: Route, other: Route): boolean {
  return JSON.stringify(storedRoute(one)) === JSON.stringify(storedRoute(other))
}

/** The route as it would be stored. */
export function storedRoute(draft: Route): Route {
  return { ...draft, name: draft.name.trim(), match: storedMatch(draft.match) }
}

/** Why a draft can't be saved, a sentence; null when it can. */
export function unfitRoute({ match, name }: Route): string | null {
  if (name.trim() === '') return 'The route needs a name.'
  if (match.actions.length === 0) return 'Choose at least one thing that happens to a record.'
  if (match.conditions.some((one) => !isFinished(one))) return 'A condition is not finished: fill it in or remove it.'
  return null
}

/** Fields to choose from: those of real events first, with what was seen in them, then the rest that the system describes. */
export function fieldChoices(samples: readonly (readonly SamplePath[])[], schema: EntitySchema | null): FieldChoice[] {
  const described = new Map((schema?.fields ?? []).map((field) => [field.name, field]))
  const choices = new Map<string, FieldChoice>()
  const add = (name: string, seen: readonly string[]) => {
    const field = described.get(name)
    const listed = (field?.values ?? []).filter(({ active }) => active).map(({ value }) => value)
    const values = [...new Set([...(choices.get(name)?.values ?? []), ...listed, ...seen])]
    choices.set(name, { name, label: field?.label ?? name, values })
  }
  for (const { path, types, examples } of samples.flat()) {
    const isValue =
      types.some((type) => type !== 'list' && type !== 'object' && type !== 'empty') || examples.length > 0
    if (!path.includes('[]') && (isValue || described.has(path)))
      add(
        path,
        examples.filter((one) => one !== '[redacted]'),
      )
  }
  for (const name of described.keys()) if (!choices.has(name)) add(name, [])
  return [...choices.values()]
}

function nameFor(mapping: MappingDocument, from: SystemName): string {
  const to = otherSystem(from)
  return `${systemTitle[from]} ${mapping[from].entity} → ${systemTitle[to]} ${mapping[to].entity}`
}
