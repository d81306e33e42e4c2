import type { AlertRule, RuleTrial } from '#shared/domain/alert.ts'
import type { AlertScopeKind } from '#shared/domain/alert-metric.ts'
import { scopeName, type ScopeNames } from './rule-words.ts'
import { membersOf, scopeOf } from './scope-choices.ts'

/** One of those that a rule looks at, and how often it would have fired there. */
export interface TrialSubject {
  readonly value: string
  readonly label: string
  readonly kind: AlertScopeKind
  /** Empty for `all`. */
  readonly id: string
  readonly firings: number
}

/** All that a rule looks at: where it would have fired most often first. */
export function trialSubjects(
  { scope }: Pick<AlertRule, 'scope'>,
  trial: RuleTrial,
  names: ScopeNames,
): TrialSubject[] {
  const { kind, id } = scope
  const choices =
    kind === 'all' || id !== null
      ? [{ value: `${kind}:${id ?? ''}`, label: scopeName(scope, names).replaceAll(/[“”]/g, '') }]
      : membersOf(kind, names)
  const subjects = choices.map(({ value, label }): TrialSubject => {
    const one = { kind, id: scopeOf(value)?.id ?? '' }
    return { value, label, ...one, firings: firingsOf(trial, one).length }
  })
  return subjects.toSorted((one, other) => other.firings - one.firings)
}

/** When it would have fired there, newest first. */
export function firingsOf(
  { firings }: RuleTrial,
  { kind, id }: Pick<TrialSubject, 'kind' | 'id'>,
): RuleTrial['firings'] {
  return firings
    .filter(({ subject }) => subject.kind === kind && subject.id === id)
    .toSorted((one, other) => other.from - one.from)
}
