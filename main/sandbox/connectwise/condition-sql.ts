import { arrayValues, fieldExpression } from '#main/sandbox/world/record-table.ts'
import type { SqlPart } from '#main/sandbox/world/record-table.ts'
import type { Condition, ConditionValue, Sign } from './conditions.ts'

type Parameter = string | number | null
/** Names the SQL expression of a path. */
type Column = (path: string) => string

const everything: SqlPart = { text: 'TRUE', parameters: [] }

/** SQL for `conditions` over a record. */
export function recordSql(condition: Condition): SqlPart {
  return compile(condition, recordColumn)
}

/**
 * SQL for conditions that one element of an array has to meet as a whole: `childConditions` and `customFieldConditions`.
 * Where a value has to be equal, the index over the values is asked first.
 */
export function elementSql(condition: Condition, table: string, array: string): SqlPart {
  const column: Column = (path) =>
    collated(fieldExpression(withoutArray(path, array).replaceAll('/', '.'), 'item.value'))
  const inner = compile(condition, column)
  const wanted = equalValue(condition, array)
  const narrowed = wanted === null ? everything : arrayValues(table, wanted)
  return both(narrowed, {
    text: `EXISTS (SELECT 1 FROM json_each(doc, '$.${array}') AS item WHERE ${inner.text})`,
    parameters: inner.parameters,
  })
}

/** Both conditions. */
export function both(first: SqlPart, second: SqlPart): SqlPart {
  return { text: `(${first.text}) AND (${second.text})`, parameters: [...first.parameters, ...second.parameters] }
}

/** All paths that a condition names. */
export function pathsOf(condition: Condition): string[] {
  if (condition.kind === 'compare') return [condition.path]
  return condition.kind === 'not' ? pathsOf(condition.part) : condition.parts.flatMap(pathsOf)
}

/** The expression of a record's path; instants of change may be named without `_info`. */
export function recordColumn(path: string): string {
  if (path === 'id') return 'id'
  const isInfo = ['lastUpdated', 'updatedBy', 'dateEntered', 'enteredBy'].includes(path)
  return collated(fieldExpression((isInfo ? `_info/${path}` : path).replaceAll('/', '.')))
}

function collated(expression: string): string {
  return `${expression} COLLATE NOCASE`
}

function withoutArray(path: string, array: string): string {
  return path.startsWith(`${array}/`) ? path.slice(array.length + 1) : path
}

function equalValue(condition: Condition, array: string): string | null {
  if (condition.kind === 'and') {
    return condition.parts.map((part) => equalValue(part, array)).find((value) => value !== null) ?? null
  }
  if (condition.kind !== 'compare' || withoutArray(condition.path, array) !== 'value') return null
  const [value] = condition.values
  if (typeof value !== 'string') return null
  const isEqual = condition.sign === '=' || (condition.sign === 'like' && !/[*%]/.test(value))
  return isEqual ? value : null
}

function compile(condition: Condition, column: Column): SqlPart {
  if (condition.kind === 'not') {
    const inner = compile(condition.part, column)
    return { text: `NOT (${inner.text})`, parameters: inner.parameters }
  }
  if (condition.kind !== 'compare') {
    const parts = condition.parts.map((part) => compile(part, column))
    const word = condition.kind === 'and' ? ' AND ' : ' OR '
    return {
      text: parts.map((part) => `(${part.text})`).join(word),
      parameters: parts.flatMap((part) => part.parameters),
    }
  }
  return compare(column(condition.path), condition.sign, condition.values)
}

function compare(column: string, sign: Sign, values: readonly ConditionValue[]): SqlPart {
  const [first = null] = values
  if (sign === 'in') {
    return { text: `${column} IN (${values.map(() => '?').join(', ')})`, parameters: values.map(toParameter) }
  }
  if (sign === 'like' || sign === 'contains') {
    const pattern = likePattern(String(toParameter(first) ?? ''))
    return { text: `${column} LIKE ? ESCAPE '\\'`, parameters: [sign === 'like' ? pattern : `%${pattern}%`] }
  }
  if (first === null && sign === '=') return { text: `${column} IS NULL`, parameters: [] }
  if (first === null && sign === '!=') return { text: `${column} IS NOT NULL`, parameters: [] }
  return { text: `${column} ${forFraction(sign, first)} ?`, parameters: [toParameter(first)] }
}

/** Stored instants have whole seconds, so "from 12.5 s on" is "after 12 s", and "before 12.5 s" is "up to 12 s". */
function forFraction(sign: Sign, value: ConditionValue): string {
  if (typeof value !== 'object' || value === null || !value.hasFraction) return sign
  return sign === '>=' ? '>' : sign === '<' ? '<=' : sign
}

function toParameter(value: ConditionValue): Parameter {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' && value !== null ? value.instant : value
}

function likePattern(text: string): string {
  return text.replace(/[\\_]/g, '\\$&').replaceAll('*', '%')
}
