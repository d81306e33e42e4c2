import Database from 'better-sqlite3'
import type { Expected } from './people.ts'
import type { Account } from './senders.ts'
import { salesforceIdOf, type Doc, type Systems } from './systems.ts'

/** Acknowledged events that are not in the journal, and events that are in it twice; each a sentence. */
export function lostOrDoubledEvents(file: string, accounts: readonly Account[]): string[] {
  const stored = storedPerRecord(file)
  return accounts.flatMap(({ recordId, sent, acknowledged }) => {
    const found = stored.get(recordId) ?? 0
    if (found < acknowledged)
      return [`LOST: account ${recordId}: ${acknowledged} events acknowledged, ${found} in the journal`]
    return found > sent ? [`DOUBLED: account ${recordId}: ${sent} events sent, ${found} in the journal`] : []
  })
}

function storedPerRecord(file: string): Map<string, number> {
  const db = new Database(file, { readonly: true })
  try {
    const rows = db.prepare('select record_id, count(*) as count from events group by record_id').all()
    return new Map((rows as { record_id: string; count: number }[]).map((row) => [row.record_id, row.count]))
  } finally {
    db.close()
  }
}

/** Records that exist more than once for one counterpart, in either system; each a sentence. */
export async function doubledRecords(systems: Systems): Promise<string[]> {
  const kinds = [
    ['connectwise', 'company', salesforceIdOf],
    ['connectwise', 'contact', salesforceIdOf],
    ['salesforce', 'Case', connectwiseIdOf],
    ['salesforce', 'Contact', connectwiseIdOf],
  ] as const
  const broken = kinds.map(async ([system, entity, counterpart]) => {
    const counts = countBy(await systems.list(system, entity), counterpart)
    return [...counts].flatMap(([id, count]) => (count > 1 ? [`TWINS: ${count} records ${entity} for ${id}`] : []))
  })
  return (await Promise.all(broken)).flat()
}

/** What is missing or out of date at the other side once everything has ended; each a sentence. */
export async function notArrived(
  systems: Systems,
  accounts: readonly Account[],
  expected: Expected,
): Promise<string[]> {
  const companies = byKey(await systems.list('connectwise', 'company'), salesforceIdOf)
  const contacts = byKey(await systems.list('connectwise', 'contact'), salesforceIdOf)
  const cases = await systems.list('salesforce', 'Case')
  const tickets = byKey(await systems.list('connectwise', 'ticket'), (doc) => String(doc['id']))
  const caseOf = (ticketId: string): Doc | undefined => {
    const id = salesforceIdOf(tickets.get(ticketId) ?? {})
    return cases.find((one) => (id === null ? connectwiseIdOf(one) === ticketId : one['Id'] === id))
  }
  return [
    ...accounts.flatMap(({ recordId, name }) =>
      differs(`company of ${recordId}`, companies.get(recordId), 'name', name),
    ),
    ...[...expected.tickets].flatMap(([id, text]) => differs(`case of ticket ${id}`, caseOf(id), 'Subject', text)),
    ...[...expected.contacts].flatMap(([id, text]) => differs(`contact of ${id}`, contacts.get(id), 'title', text)),
  ]
}

function differs(what: string, doc: Doc | undefined, field: string, wanted: string): string[] {
  if (doc === undefined) return [`MISSING: the ${what} is not there, it should say "${wanted}"`]
  const found = doc[field]
  return found === wanted ? [] : [`OUT OF DATE: the ${what} says "${String(found)}", it should say "${wanted}"`]
}

/** Writes that took a record back to an older state: the texts of the test count up with each change. */
export async function wrongOrder(systems: Systems): Promise<string[]> {
  const calls = await Promise.all((['salesforce', 'connectwise'] as const).map((system) => systems.calls(system)))
  const newest = new Map<string, number>()
  return calls.flat().flatMap((call) => {
    const number = Number(/ no\. (\d+)/.exec(JSON.stringify(call['body']))?.[1] ?? 0)
    // An answer that was withheld on purpose belongs to a write that took place.
    const tookPlace = call['fault'] === null || call['fault'] === 'timeout-after-write'
    if (number === 0 || !tookPlace || Number(call['status'] ?? 200) >= 300) return []
    const record = `${String(call['entity'])} ${String(call['id'])}`
    const before = newest.get(record) ?? 0
    newest.set(record, Math.max(before, number))
    return number < before ? [`ORDER: ${record} was set to no. ${number} after no. ${before}`] : []
  })
}

function connectwiseIdOf(doc: Doc): string | null {
  const value = doc['ConnectWise_Id__c']
  return typeof value === 'string' && value !== '' ? value : null
}

function byKey(docs: readonly Doc[], key: (doc: Doc) => string | null): Map<string, Doc> {
  return new Map(docs.flatMap((doc) => (key(doc) === null ? [] : [[key(doc) ?? '', doc] as const])))
}

function countBy(docs: readonly Doc[], key: (doc: Doc) => string | null): Map<string, number> {
  const counts = new Map<string, number>()
  for (const doc of docs) {
    const id = key(doc)
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
