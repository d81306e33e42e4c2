import type { Failure } from '#shared/domain/failure.ts'
import type { Json, RemoteRecord, Values } from '#shared/domain/record.ts'
import type { Subject } from '../rule-book.ts'
import type { EntityShape } from './entities.ts'

/**
 * ConnectWise can answer 200 to a patch that changed nothing, so what was written is compared with what came back. Answers
 * the failure for the first field that did not take, or null when all did.
 */
export function findUntaken(sent: Values, record: RemoteRecord, shape: EntityShape, subject: Subject): Failure | null {
  const untaken = Object.entries(sent).find(
    ([field, value]) => !shape.writeOnly.includes(field) && !isTaken(field, value, record.values[field]),
  )
  if (untaken === undefined) return null
  const [field, value] = untaken
  return {
    class: 'permanent',
    stage: subject.stage,
    code: 'NOT_TAKEN',
    field,
    sentence: `ConnectWise said that ${subject.record} was saved, but ${field} is ${show(record.values[field])} and not ${show(value)}.`,
    fix: `Check whether a workflow rule, a length limit or missing rights in ConnectWise hold ${field} back, or take it out of the mapping. Then replay.`,
  }
}

/** Whether two values mean the same once the differences that ConnectWise itself makes are taken away. */
export function isTaken(field: string, sent: Json, found: Json | undefined): boolean {
  const wanted = comparable(field, sent)
  const actual = comparable(field, found ?? null)
  if (wanted === actual) return true
  // Names in references are matched by ConnectWise without regard to case, and come back in its own spelling.
  return field.includes('/') && wanted.toLowerCase() === actual.toLowerCase()
}

function comparable(field: string, value: Json): string {
  if (value === null) return ''
  if (typeof value !== 'string') return JSON.stringify(value)
  // Line breaks may come back as spaces (PSA Developer Guide), and blanks at the ends are dropped.
  const text = value.replace(/\s+/g, ' ').trim()
  if (/phone|mobile|fax/i.test(field)) return text.replace(/[^\dx]/gi, '').toLowerCase()
  if (/^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(text)) {
    const instant = Date.parse(text)
    if (!Number.isNaN(instant)) return new Date(instant).toISOString()
  }
  if (/^email/i.test(field)) return text.toLowerCase()
  return text
}

function show(value: Json | undefined): string {
  if (value === null || value === undefined || value === '') return 'empty'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`
}
