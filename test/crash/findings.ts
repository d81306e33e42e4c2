import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { Headless } from '#test/support/headless.ts'

/** An event that a sender was told is safe. */
export interface Sent {
  readonly eventId: string
  readonly recordId: string
  readonly name: string
  /** Counts up in the order of sending. */
  readonly order: number
  readonly body: unknown
}

/** Looks for broken promises; each is a sentence with the numbers to find it by. */
export async function findBroken(
  host: Headless,
  addresses: SandboxAddresses,
  acknowledged: ReadonlyMap<string, Sent>,
): Promise<string[]> {
  const events = await allEvents(host)
  const companies = (await (await fetch(`${addresses.connectwiseUrl}/sandbox/records/company`)).json()) as Record<
    string,
    unknown
  >[]
  return [
    ...lostEvents(events, acknowledged),
    ...doubledCompanies(events, companies, acknowledged),
    ...wrongOrder(events, companies, acknowledged),
  ]
}

async function allEvents(host: Headless): Promise<EventSummary[]> {
  const events: EventSummary[] = []
  let after: string | null = null
  do {
    const query: string = after === null ? '' : `&after=${after}`
    const page: { items: EventSummary[]; next: string | null } = await host.api(`/events?limit=500${query}`)
    events.push(...page.items)
    after = page.next
  } while (after !== null)
  return events
}

/** Every acknowledged event is there, once, and has ended. */
function lostEvents(events: readonly EventSummary[], acknowledged: ReadonlyMap<string, Sent>): string[] {
  const perRecord = countBy(events, (event) => event.recordId)
  const sentPerRecord = countBy([...acknowledged.values()], (sent) => to18(sent.recordId))
  const broken: string[] = []
  for (const [recordId, sent] of sentPerRecord) {
    const stored = perRecord.get(recordId) ?? 0
    if (stored < sent) broken.push(`record ${recordId}: ${sent} events acknowledged, ${stored} stored`)
  }
  const open = events.filter((event) => event.state === 'stored' || event.state === 'open')
  return [
    ...broken,
    ...open.map((event) => `event ${event.id} of ${event.recordId} never ended: ${event.note ?? event.state}`),
  ]
}

/** Every account is one company, however often it was tried. */
function doubledCompanies(
  events: readonly EventSummary[],
  companies: readonly Record<string, unknown>[],
  acknowledged: ReadonlyMap<string, Sent>,
): string[] {
  const perAccount = countBy(companies, (company) => salesforceIdOf(company) ?? '')
  const broken: string[] = []
  for (const recordId of new Set([...acknowledged.values()].map((sent) => to18(sent.recordId)))) {
    const count = perAccount.get(recordId) ?? 0
    if (count !== 1) {
      const told = events
        .filter((event) => event.recordId === recordId)
        .map((event) => `${event.id} ${event.state}: ${event.note}`)
      broken.push(`account ${recordId}: ${count} companies instead of 1 (${told.join('; ')})`)
    }
  }
  return broken
}

/** The newest stored change of a record is what the other side holds. */
function wrongOrder(
  events: readonly EventSummary[],
  companies: readonly Record<string, unknown>[],
  acknowledged: ReadonlyMap<string, Sent>,
): string[] {
  const newest = new Map<string, string>()
  for (const { recordId, title } of events) {
    const known = newest.get(recordId)
    if (title !== null && (known === undefined || orderOf(title) > orderOf(known))) newest.set(recordId, title)
  }
  const ours = new Set([...acknowledged.values()].map((sent) => to18(sent.recordId)))
  const broken: string[] = []
  for (const company of companies) {
    const id = salesforceIdOf(company)
    if (id === null || !ours.has(id)) continue
    const name = String(company['name'])
    if (name !== newest.get(id))
      broken.push(`account ${id}: the company is called ${name}, the newest event said ${newest.get(id)}`)
  }
  return broken
}

/** The number that the name of a test account ends in; it counts up with each change. */
function orderOf(name: string): number {
  return Number(/(\d+)$/.exec(name)?.[1] ?? 0)
}

function salesforceIdOf(company: Record<string, unknown>): string | null {
  const fields = company['customFields'] as { caption: string; value?: unknown }[] | undefined
  const value = fields?.find((field) => field.caption === 'SF Id')?.value
  return typeof value === 'string' && value !== '' ? value : null
}

function countBy<T>(list: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

/** Salesforce's 18-character form of a 15-character id: three letters that say which of its letters are capitals. */
function to18(id: string): string {
  if (id.length !== 15) return id
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from(id.slice(start, start + 5)).reduce(
      (sum, letter, index) => sum + (/[A-Z]/.test(letter) ? 1 << index : 0),
      0,
    )
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits] ?? ''
  })
  return id + suffix.join('')
}
