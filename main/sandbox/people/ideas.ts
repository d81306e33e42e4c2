import type { Clock } from '#main/base/clock.ts'
import type { Random } from '#main/sandbox/world/random.ts'
import type { RecordTable } from '#main/sandbox/world/record-table.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { priorityPairs, stagePairs, statusPairs } from './equivalents.ts'
import {
  companyFirst,
  companySecond,
  deals,
  firstNames,
  lastNames,
  places,
  streets,
  titles,
  troubles,
} from './vocabulary.ts'

/** What somebody needs to think of something. */
export interface Surroundings {
  readonly random: Random
  readonly clock: Clock
  /** The table of an entity of either system. */
  table(entity: string): RecordTable
}

/** What simulated people think of doing with records of one kind. */
export interface Idea {
  /** New values for a record. */
  change(around: Surroundings): Doc
  /** Values of a new record; null when the dice fell on nothing it could belong to. */
  create(around: Surroundings): Doc | null
}

/** Somebody's record, or null when the dice fell on a deleted one. */
export function pick({ table, random }: Surroundings, entity: string): Doc | null {
  const doc = table(entity).pick(random.next())
  return doc?.['IsDeleted'] === true ? null : doc
}

function phone({ random }: Surroundings): string {
  return `(813) 555-${random.digits(4)}`
}

function street({ random }: Surroundings): string {
  return `${random.below(900) + 100} ${random.of(streets)}`
}

/** A company that is nobody's customer yet; the town tells it from others of the name. */
function business({ random }: Surroundings) {
  const place = random.of(places)
  const name = `${random.of(companyFirst)} ${random.of(companySecond)} of ${place.city}`
  return { ...place, name, word: name.replaceAll(/[^A-Za-z]/g, '') }
}

/** A deal of some customer: what, when it closes, how far it is, how much. */
function deal({ random, clock }: Surroundings) {
  const [salesforceStage, stage, status] = random.of(stagePairs)
  const day = clock.now() + (20 + random.below(90)) * 24 * 3_600_000
  const closesOn = new Date(day).toISOString().slice(0, 10)
  return { what: random.of(deals), salesforceStage, stage, status, closesOn, amount: (random.below(180) + 20) * 250 }
}

const account: Idea = {
  change: (around) => (around.random.chance(0.5) ? { Phone: phone(around) } : { BillingStreet: street(around) }),
  create: (around) => {
    const { name, city, state, zip, word } = business(around)
    return {
      Name: name,
      Phone: phone(around),
      Website: `https://www.${word.toLowerCase()}.example`,
      Type: 'Customer',
      BillingStreet: street(around),
      BillingCity: city,
      BillingState: state,
      BillingPostalCode: zip,
    }
  },
}

const company: Idea = {
  change: (around) => ({ phoneNumber: phone(around) }),
  create: (around) => {
    const { name, city, state, zip, word } = business(around)
    return {
      identifier: `${word.slice(0, 21)}${around.random.digits(4)}`,
      name,
      phoneNumber: phone(around),
      website: `https://www.${word.toLowerCase()}.example`,
      types: [{ id: 2, name: 'Client' }],
      addressLine1: street(around),
      city,
      state,
      zip,
    }
  },
}

const salesforceContact: Idea = {
  change: (around) => (around.random.chance(0.5) ? { Title: around.random.of(titles) } : { Phone: phone(around) }),
  create: (around) => {
    const employer = pick(around, 'Account')
    if (employer === null) return null
    const { random } = around
    const [FirstName, LastName] = [random.of(firstNames), random.of(lastNames)]
    const Email = `person${random.digits(9)}@${String(employer['Website']).replace(/^https:\/\/www\./, '')}`
    return { FirstName, LastName, Email, AccountId: employer['Id'] ?? null }
  },
}

const connectwiseContact: Idea = {
  change: ({ random }) => ({ title: random.of(titles) }),
  create: (around) => {
    const employer = pick(around, 'company')
    if (employer === null) return null
    const { random } = around
    const host = String(employer['website']).replace(/^https:\/\/www\./, '')
    return {
      firstName: random.of(firstNames),
      lastName: random.of(lastNames),
      title: random.of(titles),
      company: { id: employer['id'] ?? null },
      communicationItems: [
        { type: { id: 1 }, value: `person${random.digits(9)}@${host}` },
        { type: { id: 2 }, value: phone(around) },
      ],
    }
  },
}

const salesforceOpportunity: Idea = {
  change: ({ random }) => ({ StageName: random.of(stagePairs)[0] }),
  create: (around) => {
    const contact = pick(around, 'Contact')
    if (contact === null) return null
    const { what, salesforceStage, closesOn, amount } = deal(around)
    return {
      Name: `${what} for ${String(contact['Name'] ?? contact['LastName'])}`.slice(0, 95),
      StageName: salesforceStage,
      CloseDate: closesOn,
      Amount: amount,
      AccountId: contact['AccountId'] ?? null,
      ContactId: contact['Id'] ?? null,
    }
  },
}

const connectwiseOpportunity: Idea = {
  change: ({ random }) => {
    const [, stage, status] = random.of(stagePairs)
    return { stage: { name: stage }, status: { name: status } }
  },
  create: (around) => {
    const contact = pick(around, 'contact')
    const customer = contact?.['company'] ?? null
    if (contact === null || customer === null) return null
    const { what, stage, status, closesOn, amount } = deal(around)
    return {
      name: `${what} for ${String(contact['firstName'])} ${String(contact['lastName'])}`.slice(0, 95),
      stage: { name: stage },
      status: { name: status },
      expectedCloseDate: `${closesOn}T00:00:00Z`,
      company: customer,
      contact: { id: contact['id'] ?? null },
      primarySalesRep: { identifier: 'jmiller' },
      customFields: [{ id: 6, value: amount }],
    }
  },
}

const supportCase: Idea = {
  change: ({ random }) =>
    random.chance(0.7) ? { Status: random.of(statusPairs)[0] } : { Priority: random.of(priorityPairs)[0] },
  create: (around) => {
    const contact = pick(around, 'Contact')
    if (contact === null) return null
    const [Subject, Description] = around.random.of(troubles)
    return { Subject, Description, ContactId: contact['Id'] ?? null, AccountId: contact['AccountId'] ?? null }
  },
}

const ticket: Idea = {
  change: ({ random }) =>
    random.chance(0.7)
      ? { status: { name: random.of(statusPairs)[1] } }
      : { priority: { name: random.of(priorityPairs)[1] } },
  create: (around) => {
    const contact = pick(around, 'contact')
    const customer = contact?.['company'] ?? null
    if (contact === null || customer === null) return null
    const [summary, initialDescription] = around.random.of(troubles)
    return { summary, initialDescription, company: customer, contact: { id: contact['id'] ?? null } }
  },
}

/** By system and entity, what people think of. */
export const ideas: Readonly<Record<SystemName, ReadonlyMap<string, Idea>>> = {
  salesforce: new Map([
    ['Account', account],
    ['Contact', salesforceContact],
    ['Opportunity', salesforceOpportunity],
    ['Case', supportCase],
  ]),
  connectwise: new Map([
    ['company', company],
    ['contact', connectwiseContact],
    ['opportunity', connectwiseOpportunity],
    ['ticket', ticket],
  ]),
}
