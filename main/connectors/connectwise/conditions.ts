/**
 * One comparison in ConnectWise's query language. All conditions of Patchbay are built here: text is quoted, quotes and
 * backslashes inside it are doubled, and brackets are put into brackets, since `[` begins a date or a pattern. (PSA Developer Guide,
 * Requests; the doubling is not documented, so whoever looks something up compares what was found once more.)
 */
export function condition(
  field: string,
  operator: '=' | '<' | '>' | 'like' | 'contains',
  value: string | number | boolean | Date,
): string {
  if (!/^[A-Za-z][A-Za-z0-9/_]*$/.test(field)) throw new Error(`not a field name: ${field}`)
  return `${field}${operator.length > 1 ? ` ${operator} ` : operator}${literal(value)}`
}

/** All of the conditions together. */
export function all(...conditions: readonly string[]): string {
  return conditions.join(' AND ')
}

function literal(value: string | number | boolean | Date): string {
  // To the second, as ConnectWise keeps it.
  if (value instanceof Date) return `[${value.toISOString().slice(0, 19)}Z]`
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  const doubled = value.replace(/["\\]/g, '$&$&').replaceAll('[', '[[]')
  return `"${doubled.replace(/\p{Cc}/gu, ' ')}"`
}
