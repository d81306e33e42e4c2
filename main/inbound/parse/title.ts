import type { Json } from '#shared/domain/record.ts'
import { readText } from './json-text.ts'

const titleFields = ['Name', 'Subject', 'CaseNumber', 'summary', 'name'] as const

/** What a person would call the record, from whatever of its naming fields came along; null when none did. */
export function readTitle(fields: { readonly [name: string]: Json }): string | null {
  for (const field of titleFields) {
    const text = readText(fields[field])
    if (text !== null) return text.slice(0, 200)
  }
  const person = [fields['FirstName'] ?? fields['firstName'], fields['LastName'] ?? fields['lastName']]
  const name = person.map((part) => readText(part) ?? '').join(' ')
  return name.trim() === '' ? null : name.trim().slice(0, 200)
}
