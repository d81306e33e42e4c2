import type { PeoplesAccess } from '#main/sandbox/web/control.ts'
import type { RecordTable } from '#main/sandbox/world/record-table.ts'
import type { Random } from '#main/sandbox/world/random.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { priorityPairs, stagePairs, statusPairs } from './equivalents.ts'
import { firstNames, lastNames, streets, titles, troubles } from './vocabulary.ts'

/** What simulated people work with. */
export interface Workplace {
  readonly random: Random
  readonly salesforce: PeoplesAccess
  readonly connectwise: PeoplesAccess
  /** The table of an entity of either system. */
  table(entity: string): RecordTable
  atomically<T>(work: () => T): T
}

/** People at work, as many changes a minute as they are told to make. */
export interface Traffic {
  set(perMinute: number): void
  stop(): void
}

/** Changes go out in small groups, so that a high rate needs no timer for each of them. */
const tickMs = 25

/** Makes people who are idle until told otherwise. */
export function createTraffic(workplace: Workplace): Traffic {
  let timer: NodeJS.Timeout | null = null
  let owed = 0
  let before = 0

  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  function tick(perMinute: number): void {
    const now = performance.now()
    owed = Math.min(perMinute / 60, owed + ((now - before) * perMinute) / 60_000)
    before = now
    while (owed >= 1) {
      owed -= 1
      workplace.atomically(() => changeSomething(workplace))
    }
  }

  return {
    stop,
    set: (perMinute) => {
      stop()
      if (perMinute <= 0) return
      owed = 1
      before = performance.now()
      timer = setInterval(() => tick(perMinute), tickMs)
    },
  }
}

type Habit = (workplace: Workplace) => void

/** What people do and how often, in parts of a hundred. */
const habits: readonly (readonly [number, Habit])[] = [
  [27, updateCase],
  [27, updateTicket],
  [8, createCase],
  [8, createTicket],
  [6, updateContactInSalesforce],
  [6, updateContactInConnectWise],
  [5, updateAccount],
  [5, updateCompany],
  [3, updateOpportunityInSalesforce],
  [3, updateOpportunityInConnectWise],
  [2, createContact],
]
const total = habits.reduce((sum, [weight]) => sum + weight, 0)

function changeSomething(workplace: Workplace): void {
  let left = workplace.random.below(total)
  for (const [weight, habit] of habits) {
    if (left < weight) return habit(workplace)
    left -= weight
  }
}

/** Somebody's record, or null when the dice fell on a deleted one. */
function pick({ table, random }: Workplace, entity: string): Doc | null {
  const doc = table(entity).pick(random.next())
  return doc?.['IsDeleted'] === true ? null : doc
}

function updateIn(system: PeoplesAccess, entity: string, doc: Doc | null, values: Doc): void {
  if (doc !== null) system.update(entity, String(doc['Id'] ?? doc['id']), values, 'both')
}

function phone({ random }: Workplace): string {
  return `(813) 555-${random.digits(4)}`
}

function updateCase(workplace: Workplace): void {
  const { random, salesforce } = workplace
  const values = random.chance(0.7) ? { Status: random.of(statusPairs)[0] } : { Priority: random.of(priorityPairs)[0] }
  updateIn(salesforce, 'Case', pick(workplace, 'Case'), values)
}

function updateTicket(workplace: Workplace): void {
  const { random, connectwise } = workplace
  const values: Doc = random.chance(0.7)
    ? { status: { name: random.of(statusPairs)[1] } }
    : { priority: { name: random.of(priorityPairs)[1] } }
  updateIn(connectwise, 'ticket', pick(workplace, 'ticket'), values)
}

function createCase(workplace: Workplace): void {
  const contact = pick(workplace, 'Contact')
  if (contact === null) return
  const [Subject, Description] = workplace.random.of(troubles)
  const values: Doc = {
    Subject,
    Description,
    ContactId: contact['Id'] ?? null,
    AccountId: contact['AccountId'] ?? null,
  }
  workplace.salesforce.create('Case', values, 'both')
}

function createTicket(workplace: Workplace): void {
  const contact = pick(workplace, 'contact')
  const company = contact?.['company'] ?? null
  if (contact === null || company === null) return
  const [summary, initialDescription] = workplace.random.of(troubles)
  const values: Doc = { summary, initialDescription, company, contact: { id: contact['id'] ?? null } }
  workplace.connectwise.create('ticket', values, 'both')
}

function updateContactInSalesforce(workplace: Workplace): void {
  const values = workplace.random.chance(0.5) ? { Title: workplace.random.of(titles) } : { Phone: phone(workplace) }
  updateIn(workplace.salesforce, 'Contact', pick(workplace, 'Contact'), values)
}

function updateContactInConnectWise(workplace: Workplace): void {
  updateIn(workplace.connectwise, 'contact', pick(workplace, 'contact'), { title: workplace.random.of(titles) })
}

function updateAccount(workplace: Workplace): void {
  const { random } = workplace
  const street = `${random.below(900) + 100} ${random.of(streets)}`
  const values = random.chance(0.5) ? { Phone: phone(workplace) } : { BillingStreet: street }
  updateIn(workplace.salesforce, 'Account', pick(workplace, 'Account'), values)
}

function updateCompany(workplace: Workplace): void {
  updateIn(workplace.connectwise, 'company', pick(workplace, 'company'), { phoneNumber: phone(workplace) })
}

function updateOpportunityInSalesforce(workplace: Workplace): void {
  const values = { StageName: workplace.random.of(stagePairs)[0] }
  updateIn(workplace.salesforce, 'Opportunity', pick(workplace, 'Opportunity'), values)
}

function updateOpportunityInConnectWise(workplace: Workplace): void {
  const [, stage, status] = workplace.random.of(stagePairs)
  const values = { stage: { name: stage }, status: { name: status } }
  updateIn(workplace.connectwise, 'opportunity', pick(workplace, 'opportunity'), values)
}

function createContact(workplace: Workplace): void {
  const { random } = workplace
  const account = pick(workplace, 'Account')
  if (account === null) return
  const [FirstName, LastName] = [random.of(firstNames), random.of(lastNames)]
  const Email = `person${random.digits(9)}@${String(account['Website']).replace(/^https:\/\/www\./, '')}`
  workplace.salesforce.create('Contact', { FirstName, LastName, Email, AccountId: account['Id'] ?? null }, 'both')
}
