import type { Manage } from '#main/sandbox/connectwise/manage.ts'
import { entityOf } from '#main/sandbox/connectwise/manage.ts'
import { people as members } from '#main/sandbox/connectwise/catalogue.ts'
import type { Org } from '#main/sandbox/salesforce/org.ts'
import { salesforceObjects } from '#main/sandbox/salesforce/schema.ts'
import type { SalesforceObject } from '#main/sandbox/salesforce/schema.ts'
import { seededRandom } from '#main/sandbox/world/random.ts'
import type { Random } from '#main/sandbox/world/random.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
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

/** One thing of the world and how it is called at each side; null where that side does not have it. */
interface Twin {
  readonly salesforce: string | null
  readonly connectwise: number | null
}
interface Company extends Twin {
  readonly name: string
  readonly domain: string
  readonly area: string
}
interface Person extends Twin {
  readonly company: Company
}

const companyCount = 40
const contactCount = 90
const opportunityCount = 25
const ticketCount = 60
const startedAt = Date.UTC(2026, 0, 5, 8)
const hourMs = 3_600_000

/** Of ten, eight are known at both sides; the rest at one of them. */
function sides(place: number): { readonly salesforce: boolean; readonly connectwise: boolean } {
  return { salesforce: place % 10 !== 8, connectwise: place % 10 !== 9 }
}

/** Fills both empty systems with the customers of a small MSP; the same ones for the same seed. */
export function populate(org: Org, manage: Manage, seed: number): void {
  const author = new Population(org, manage, seededRandom(seed))
  const companies = Array.from({ length: companyCount }, (_, place) => author.company(place))
  // Everybody gets a first contact before anybody gets a second one.
  const employers = Array.from({ length: Math.ceil(contactCount / companyCount) }, () => companies).flat()
  const persons = employers.slice(0, contactCount).map((company, place) => author.person(company, place))
  const customers = persons.filter((person) => person.salesforce !== null && person.connectwise !== null)
  for (let place = 0; place < opportunityCount; place++) author.opportunity(customers, place)
  for (let place = 0; place < ticketCount; place++) author.ticket(customers, place)
}

class Population {
  private readonly org: Org
  private readonly manage: Manage
  private readonly random: Random
  private at = startedAt

  constructor(org: Org, manage: Manage, random: Random) {
    this.org = org
    this.manage = manage
    this.random = random
    this.users()
  }

  /** Puts the record in where it belongs, and each side's id into the other one's record. */
  private plant(
    objectName: string,
    entity: string,
    salesforce: Doc | null,
    connectwise: ((salesforceId: string | null) => Doc) | null,
  ): Twin {
    this.at += hourMs
    const object = objectOf(objectName)
    const id = salesforce === null ? null : this.org.plant(object, salesforce, this.at)
    const member = this.random.of(members)
    const sent = connectwise?.(id) ?? null
    const doc = sent === null ? null : this.manage.plant(entityOf(entity), sent, member, this.at)
    if (id !== null && doc !== null) {
      const table = this.org.table(object)
      table.put(id, { ...table.get(id), ConnectWise_Id__c: String(doc['id']) })
    }
    return { salesforce: id, connectwise: doc === null ? null : Number(doc['id']) }
  }

  private users(): void {
    const names = [
      ['Patchbay Integration', 'integration@cobalt.example'],
      ['Avery Stone', 'avery.stone@cobalt.example'],
      ['Robin Park', 'robin.park@cobalt.example'],
    ] as const
    for (const [Name, Username] of names) {
      const user = { Name, Username, Email: Username, IsActive: true, TimeZoneSidKey: 'America/New_York' }
      this.org.plant(objectOf('User'), user, this.at)
    }
    const organization = {
      Name: 'Cobalt Managed IT',
      OrganizationType: 'Enterprise Edition',
      IsSandbox: true,
      InstanceName: 'PB0',
    }
    this.org.plant(objectOf('Organization'), organization, this.at)
  }

  private phone(area: string): string {
    return `(${area}) 555-${this.random.digits(4)}`
  }

  company(place: number): Company {
    const first = companyFirst[place % companyFirst.length] ?? companyFirst[0]
    const second = companySecond[(place * 7 + Math.floor(place / 10)) % companySecond.length] ?? companySecond[0]
    const name = `${first} ${second}`
    const word = name.replaceAll(/[^A-Za-z]/g, '')
    const home = this.random.of(places)
    const domain = `${word.toLowerCase()}.example`
    const street = `${this.random.below(900) + 100} ${this.random.of(streets)}`
    const phone = this.phone(home.area)
    const shared = sides(place)
    const isClient = this.random.chance(0.8)
    const account: Doc = {
      Name: name,
      Phone: phone,
      Website: `https://www.${domain}`,
      Type: isClient ? 'Customer' : 'Prospect',
      BillingStreet: street,
      BillingCity: home.city,
      BillingState: home.state,
      BillingPostalCode: home.zip,
    }
    const twin = this.plant(
      'Account',
      'company',
      shared.salesforce ? account : null,
      this.side(shared.connectwise, (id) => ({
        identifier: word.slice(0, 25),
        name,
        phoneNumber: phone,
        website: `https://www.${domain}`,
        types: [isClient ? { id: 2, name: 'Client' } : { id: 1, name: 'Prospect' }],
        addressLine1: street,
        city: home.city,
        state: home.state,
        zip: home.zip,
        customFields: [{ id: 1, value: id }],
      })),
    )
    return { ...twin, name, domain, area: home.area }
  }

  private side(isThere: boolean, make: (id: string | null) => Doc): ((id: string | null) => Doc) | null {
    return isThere ? make : null
  }

  person(company: Company, place: number): Person {
    const firstName = this.random.of(firstNames)
    const lastName = this.random.of(lastNames)
    const letters = `${firstName}.${lastName}`.normalize('NFD').replaceAll(/[^A-Za-z.]/g, '')
    const email = `${letters}${place}@${company.domain}`.toLowerCase()
    const phone = this.phone(company.area)
    const mobile = this.phone(company.area)
    const title = this.random.of(titles)
    const shared = sides(place + 3)
    const contact: Doc = {
      FirstName: firstName,
      LastName: lastName,
      Email: email,
      Phone: phone,
      MobilePhone: mobile,
      Title: title,
      AccountId: company.salesforce,
    }
    const isInConnectWise = shared.connectwise && company.connectwise !== null
    const isInSalesforce = (shared.salesforce || !isInConnectWise) && company.salesforce !== null
    const twin = this.plant(
      'Contact',
      'contact',
      isInSalesforce ? contact : null,
      this.side(isInConnectWise, (id) => ({
        firstName,
        lastName,
        title,
        company: { id: company.connectwise },
        communicationItems: [
          { type: { id: 1 }, value: email },
          { type: { id: 2 }, value: phone },
          { type: { id: 4 }, value: mobile },
        ],
        customFields: [{ id: 3, value: id }],
      })),
    )
    if (twin.connectwise !== null) this.makeDefault(company, twin.connectwise, `${firstName} ${lastName}`)
    return { ...twin, company }
  }

  /** The first contact of a company becomes its default one. */
  private makeDefault(company: Company, id: number, name: string): void {
    const table = this.manage.table(entityOf('company'))
    const doc = company.connectwise === null ? null : table.get(company.connectwise)
    if (doc !== null && (doc['defaultContact'] ?? null) === null)
      table.put(Number(doc['id']), { ...doc, defaultContact: { id, name } })
  }

  opportunity(customers: readonly Person[], place: number): void {
    const { company, ...person } = this.random.of(customers)
    const [stageName, stage, status] = this.random.of(stagePairs)
    const name = `${company.name} - ${this.random.of(deals)}`.slice(0, 95)
    const amount = (this.random.below(180) + 20) * 250
    const closeDate = new Date(startedAt + (30 + this.random.below(200)) * 24 * hourMs).toISOString().slice(0, 10)
    const shared = sides(place)
    const opportunity: Doc = {
      Name: name,
      StageName: stageName,
      CloseDate: closeDate,
      Amount: amount,
      AccountId: company.salesforce,
      // Salesforce does not want a contact, so some have none.
      ContactId: place % 5 === 4 ? null : person.salesforce,
    }
    this.plant(
      'Opportunity',
      'opportunity',
      shared.salesforce ? opportunity : null,
      this.side(shared.connectwise, (id) => ({
        name,
        stage: { name: stage },
        status: { name: status },
        expectedCloseDate: `${closeDate}T00:00:00Z`,
        company: { id: company.connectwise },
        contact: { id: person.connectwise },
        primarySalesRep: { identifier: this.random.of(members) },
        customFields: [
          { id: 5, value: id },
          { id: 6, value: amount },
        ],
      })),
    )
  }

  ticket(customers: readonly Person[], place: number): void {
    const { company, ...person } = this.random.of(customers)
    const [subject, description] = this.random.of(troubles)
    const [caseStatus, status] = this.random.of(statusPairs)
    const [casePriority, priority] = this.random.of(priorityPairs)
    const shared = sides(place + 6)
    const sentCase: Doc = {
      Subject: subject,
      Description: description,
      Status: caseStatus,
      Priority: casePriority,
      AccountId: company.salesforce,
      ContactId: person.salesforce,
    }
    this.plant(
      'Case',
      'ticket',
      shared.salesforce ? sentCase : null,
      this.side(shared.connectwise, (id) => ({
        summary: subject,
        initialDescription: description,
        board: { id: 1 },
        status: { name: status },
        priority: { name: priority },
        company: { id: company.connectwise },
        contact: { id: person.connectwise },
        externalXRef: id,
      })),
    )
  }
}

function objectOf(name: string): SalesforceObject {
  const found = salesforceObjects.get(name)
  if (found === undefined) throw new Error(`no object ${name}`)
  return found
}
