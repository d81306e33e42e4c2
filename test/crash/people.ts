import { setTimeout as wait } from 'node:timers/promises'
import { randomFrom, type Random } from './random.ts'
import { salesforceIdOf, type Systems } from './systems.ts'

/** What people did in the two systems, and so what has to stand in the other one at the end. */
export interface Expected {
  /** Ticket id -> its summary. */
  readonly tickets: Map<string, string>
  /** Salesforce id of a contact -> its title. */
  readonly contacts: Map<string, string>
}

interface Pair {
  readonly salesforce: string
  readonly connectwise: string
}

/** Records of these kinds that people change over and over; no more, so that their changes follow each other closely. */
const favourites = 8

/** People who work in both systems while the bridge is killed: they change paired records and make new ones. */
export class People {
  readonly expected: Expected = { tickets: new Map(), contacts: new Map() }
  readonly #systems: Systems
  readonly #random: Random
  #running = true
  #done: Promise<unknown> = Promise.resolve()
  #number = 0

  constructor(systems: Systems, seed: number) {
    this.#systems = systems
    this.#random = randomFrom(seed)
  }

  async start(): Promise<void> {
    const tickets = pairsOf(await this.#systems.list('connectwise', 'ticket')).slice(0, favourites)
    const companies = pairsOf(await this.#systems.list('connectwise', 'company')).slice(0, favourites)
    const contacts = pairsOf(await this.#systems.list('connectwise', 'contact')).slice(0, favourites)
    const deeds = [
      () => this.#changeTicket(this.#random.pick(tickets).connectwise),
      () => this.#changeContact(this.#random.pick(contacts).salesforce),
      () => this.#newTicket(this.#random.pick(companies).connectwise),
      () => this.#newContact(this.#random.pick(companies).salesforce),
    ]
    this.#done = this.#work(deeds)
  }

  async stop(): Promise<void> {
    this.#running = false
    await this.#done
  }

  async #work(deeds: readonly (() => Promise<void>)[]): Promise<void> {
    while (this.#running) {
      this.#number += 1
      await this.#random.pick(deeds)()
      await wait(this.#random.between(20, 120))
    }
  }

  async #changeTicket(id: string): Promise<void> {
    const summary = `Printer on fire no. ${this.#number}`
    await this.#systems.update('connectwise', 'ticket', id, { summary })
    this.expected.tickets.set(id, summary)
  }

  async #changeContact(id: string): Promise<void> {
    const title = `Director no. ${this.#number}`
    await this.#systems.update('salesforce', 'Contact', id, { Title: title })
    this.expected.contacts.set(id, title)
  }

  async #newTicket(companyId: string): Promise<void> {
    const summary = `Nothing works no. ${this.#number}`
    const made = await this.#systems.create('connectwise', 'ticket', { summary, company: { id: Number(companyId) } })
    this.expected.tickets.set(String(made['id']), summary)
  }

  async #newContact(accountId: string): Promise<void> {
    const title = `Newcomer no. ${this.#number}`
    const made = await this.#systems.create('salesforce', 'Contact', {
      FirstName: 'Crash',
      LastName: `Test ${this.#number}`,
      Email: `crash${this.#number}@example.com`,
      Title: title,
      AccountId: accountId,
    })
    this.expected.contacts.set(String(made['Id']), title)
  }
}

function pairsOf(docs: readonly Readonly<Record<string, unknown>>[]): Pair[] {
  return docs.flatMap((doc) => {
    const salesforce = salesforceIdOf(doc)
    return salesforce === null ? [] : [{ salesforce, connectwise: String(doc['id']) }]
  })
}
