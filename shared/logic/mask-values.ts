import type { Json } from '#shared/domain/record.ts'

/** What kind of value stood here, without the value: enough to see what went wrong, and nothing of a customer's data. */
export function maskValues(value: Json): Json {
  if (typeof value === 'string') return value === '' ? '' : `‹text, ${value.length} characters›`
  if (typeof value === 'number') return '‹number›'
  if (Array.isArray(value)) return value.map(maskValues)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskValues(member)]))
}

/** The same for a body that is JSON; of any other only the length is told. */
export function maskBody(text: string | null): string | null {
  if (text === null || text === '') return text
  try {
    return JSON.stringify(maskValues(JSON.parse(text) as Json))
  } catch {
    return `‹${text.length} characters›`
  }
}
