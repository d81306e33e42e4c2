import type { AlertScope } from '#shared/domain/alert.ts'
import { alertScopeKind, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import { scopeWords, type ScopeNames } from './rule-words.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

const groupTitles: Record<Exclude<AlertScopeKind, 'all'>, string> = {
  system: 'Systems',
  source: 'Sources',
  route: 'Routes',
  connection: 'Connections',
}

/** A scope as one text; `scopeOf` reads it back. */
export function scopeValue({ kind, id }: AlertScope): string {
  return `${kind}:${id ?? ''}`
}

export function scopeOf(value: string): AlertScope | null {
  const [, name, id = ''] = /^([a-z]+):(.*)$/.exec(value) ?? []
  const kind = alertScopeKind.safeParse(name).data
  return kind === undefined ? null : { kind, id: id === '' ? null : id }
}

/** All that a rule can be about: the whole, each of a kind, or one by name. What the rule names stays, even when it is gone. */
export function scopeChoices(
  kinds: readonly AlertScopeKind[],
  chosen: AlertScope,
  names: ScopeNames,
): (Choice | { group: string; items: Choice[] })[] {
  return kinds.map((kind) => {
    if (kind === 'all') return { value: 'all:', label: capital(scopeWords.all) }
    const items = [{ value: `${kind}:`, label: capital(scopeWords[kind]) }, ...membersOf(kind, names)]
    const own = scopeValue(chosen)
    if (chosen.kind === kind && !items.some(({ value }) => value === own))
      items.push({ value: own, label: `${chosen.id} (not there any more)` })
    return { group: groupTitles[kind], items }
  })
}

/** Those of a kind, by name. */
export function membersOf(kind: Exclude<AlertScopeKind, 'all'>, names: ScopeNames): Choice[] {
  if (kind === 'system')
    return systemName.options.map((system) => ({ value: `system:${system}`, label: systemTitle[system] }))
  return [...names].filter(([value]) => value.startsWith(`${kind}:`)).map(([value, label]) => ({ value, label }))
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
