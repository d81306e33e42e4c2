import type { SystemName } from '#shared/domain/record.ts'

/** Speeds of the simulated people: changes a minute, and what that is like. */
export const trafficMarks: readonly { readonly perMinute: number; readonly words: string }[] = [
  { perMinute: 0, words: 'Nobody works.' },
  { perMinute: 6, words: 'A quiet afternoon.' },
  { perMinute: 30, words: 'A small office at work.' },
  { perMinute: 120, words: 'A busy morning.' },
  { perMinute: 600, words: 'More than any small provider has.' },
  { perMinute: 3_000, words: 'A mass import.' },
  { perMinute: 10_000, words: 'A stress test.' },
]

/** The mark at or below a speed. */
export function markOf(perMinute: number | null): number {
  const mark = trafficMarks.findLastIndex((one) => one.perMinute <= (perMinute ?? 0))
  return Math.max(0, mark)
}

/** One kind of record at one side. */
export interface Kind {
  /** The system's own word. */
  readonly entity: string
  readonly one: string
  /** "a case", "an account". */
  readonly article: 'a' | 'an'
  /** Fields that tell most of it at a glance. */
  readonly facts: readonly string[]
}

export interface KindPair {
  readonly name: string
  readonly label: string
  readonly sides: Readonly<Record<SystemName, Kind>>
}

/** Kinds of records that are carried between the sides; the name stands in the address. */
export const kindPairs: readonly [KindPair, ...KindPair[]] = [
  {
    name: 'tickets',
    label: 'Tickets',
    sides: {
      salesforce: { entity: 'Case', one: 'case', article: 'a', facts: ['Status', 'Priority'] },
      connectwise: { entity: 'ticket', one: 'ticket', article: 'a', facts: ['status', 'priority'] },
    },
  },
  {
    name: 'companies',
    label: 'Companies',
    sides: {
      salesforce: { entity: 'Account', one: 'account', article: 'an', facts: ['Phone', 'BillingStreet'] },
      connectwise: { entity: 'company', one: 'company', article: 'a', facts: ['phoneNumber', 'addressLine1'] },
    },
  },
  {
    name: 'contacts',
    label: 'Contacts',
    sides: {
      salesforce: { entity: 'Contact', one: 'contact', article: 'a', facts: ['Title', 'Email'] },
      connectwise: { entity: 'contact', one: 'contact', article: 'a', facts: ['title', 'company'] },
    },
  },
  {
    name: 'opportunities',
    label: 'Opportunities',
    sides: {
      salesforce: { entity: 'Opportunity', one: 'opportunity', article: 'an', facts: ['StageName', 'Amount'] },
      connectwise: { entity: 'opportunity', one: 'opportunity', article: 'an', facts: ['stage', 'status'] },
    },
  },
]

/** The pair of a name that may be anything, as addresses are typed by people. */
export function kindPairOf(name: string | undefined): KindPair {
  return kindPairs.find((pair) => pair.name === name) ?? kindPairs[0]
}
