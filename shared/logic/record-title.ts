import type { Json } from '#shared/domain/record.ts'

const titleFields = ['Name', 'Subject', 'CaseNumber', 'summary', 'name'] as const

/** What a person would call the record, from whatever of its naming fields came along; null when none did. */
export function readTitle(fields: { readonly [name: string]: Json }): string | null {
  for (const field of titleFields) {
    const text = textOf(fields[field])
    if (text !== '') return text.slice(0, 200)
  }
  const person = [fields['FirstName'] ?? fields['firstName'], fields['LastName'] ?? fields['lastName']]
  const name = person.map(textOf).join(' ').trim()
  return name === '' ? null : name.slice(0, 200)
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
