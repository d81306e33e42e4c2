import type { Failure, FailureClass, Stage } from '#shared/domain/failure.ts'
import type { Json, Values } from '#shared/domain/record.ts'

/**
 * What one code of a system means. Sentences are templates: `{record}`, `{field}`, `{value}` and `{message}` stand for what
 * the call was about and what the system said.
 */
export interface Rule {
  readonly class: FailureClass
  readonly sentence: string
  readonly fix?: string
  /** For `limited`: how long to wait when the system does not say, in ms. */
  readonly pauseMs?: number
  /** For `transient`: the system is well, and only this record is in somebody's hands. */
  readonly recordOnly?: true
}

/** All that is known about a system's refusals: by its own code first, then by HTTP status. */
export interface RuleBook {
  readonly byCode: Readonly<Record<string, Rule>>
  readonly byStatus: Readonly<Record<number, Rule>>
  /** For a refusal that is in neither. */
  readonly otherwise: Rule
}

/** What a call was about. */
export interface Subject {
  /** The record as a technician would name it: "Case 500…", "the new ticket". */
  readonly record: string
  /** What was to be written, to quote the value that was refused. */
  readonly values: Values
  /** True when the call may have changed something. */
  readonly write: boolean
  readonly stage: Stage
}

/** What a system said when it refused. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly status: number
  readonly field?: string
  /** The refused value, where the system names it itself. */
  readonly value?: string
  /** Not before this instant, ms since 1970, where the system says it. */
  readonly retryAt?: number
}

/** Turns a refusal into a failure by the book. `now` is ms since 1970. */
export function applyRuleBook(book: RuleBook, refusal: Refusal, subject: Subject, now: number): Failure {
  const rule = book.byCode[refusal.code] ?? book.byStatus[refusal.status] ?? book.otherwise
  const fill = (template: string) => fillTemplate(template, refusal, subject)
  const retryAt = refusal.retryAt ?? now + (rule.pauseMs ?? 30_000)
  const value = refusedText(refusal, subject)
  return {
    class: rule.class,
    stage: subject.stage,
    code: refusal.code,
    sentence: fill(rule.sentence),
    ...(rule.fix === undefined ? {} : { fix: fill(rule.fix) }),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(value === null ? {} : { value }),
    status: refusal.status,
    ...(rule.class === 'limited' ? { retryAt } : {}),
    ...(rule.recordOnly === undefined ? {} : { recordOnly: rule.recordOnly }),
  }
}

/** The refused value as plain text, where it is one that a person could add to a value map; null when not. */
function refusedText(refusal: Refusal, subject: Subject): string | null {
  const written = refusal.value?.replace(/^'(.*)'$/su, '$1') ?? subject.values[refusal.field ?? '']
  return typeof written === 'string' && written !== '' && written.length <= 80 ? written : null
}

function fillTemplate(template: string, refusal: Refusal, subject: Subject): string {
  const written = refusal.field === undefined ? undefined : subject.values[refusal.field]
  const facts: Record<string, string> = {
    record: subject.record,
    field: refusal.field ?? 'one of the fields',
    value: refusal.value ?? quote(written),
    message: endWithStop(refusal.message.trim() || refusal.code),
  }
  const text = template.replace(/\{(record|field|value|message)\}/g, (_, name: string) => facts[name] ?? '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function quote(value: Json | undefined): string {
  if (value === undefined) return 'that was sent'
  if (value === null) return '(empty)'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `'${text.length > 80 ? `${text.slice(0, 79)}…` : text}'`
}

function endWithStop(text: string): string {
  const short = text.length > 400 ? `${text.slice(0, 399)}…` : text
  return /[.!?…]$/.test(short) ? short : `${short}.`
}
