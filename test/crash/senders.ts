import { setTimeout as wait } from 'node:timers/promises'
import { sendSalesforce } from '#test/support/webhooks.ts'
import { randomFrom, type Random } from './random.ts'

/** An event of a test account. */
export interface Sent {
  readonly eventId: string
  /** 18 characters. */
  readonly recordId: string
  readonly name: string
  readonly body: unknown
}

/** How many events of one record were sent, and how many of them a sender was told are safe. */
export interface Account {
  readonly recordId: string
  sent: number
  acknowledged: number
  /** The name in the newest event. */
  name: string
}

export interface SendersOptions {
  readonly receiverUrl: string
  readonly signingSecret: string
  readonly seed: number
}

/** How many send at once. */
const crowd = 3

/**
 * Several senders that go on whatever the receiver does: new accounts, changes of them, and now and then the same event once more.
 *
 * Each repeats an event until it is acknowledged, as Hookdeck does, and only then goes on; so the changes of one account arrive in
 * order, and an event whose acknowledgement was lost arrives twice.
 */
export class Senders {
  readonly accounts = new Map<string, Account>()
  acknowledged = 0
  /** Events sent again on purpose, after their acknowledgement. */
  repeated = 0
  readonly #options: SendersOptions
  #running = true
  #done: Promise<unknown> = Promise.resolve()

  constructor(options: SendersOptions) {
    this.#options = options
  }

  start(): void {
    this.#done = Promise.all(Array.from({ length: crowd }, (_, index) => this.#work(index)))
  }

  /** Resolves when what was begun has been acknowledged. */
  async stop(): Promise<void> {
    this.#running = false
    await this.#done
  }

  async #work(index: number): Promise<void> {
    const random = randomFrom(this.#options.seed + index)
    const own: Account[] = []
    let number = 0
    while (this.#running) {
      number += 1
      const account = own.length > 0 && random.between(0, 2) > 0 ? random.pick(own) : this.#newAccount(index, own)
      const event = eventOf(account, `${index}-${number}`, number)
      account.sent += 1
      account.name = event.name
      await this.#sendUntilAcknowledged(event)
      account.acknowledged += 1
      this.acknowledged += 1
      if (random.between(0, 9) === 0) await this.#repeat(event)
      await wait(pause(random))
    }
  }

  #newAccount(index: number, own: Account[]): Account {
    const recordId = to18(`001crash${index}${String(own.length + 1).padStart(6, '0')}`)
    const account = { recordId, sent: 0, acknowledged: 0, name: '' }
    own.push(account)
    this.accounts.set(recordId, account)
    return account
  }

  async #sendUntilAcknowledged(event: Sent): Promise<void> {
    while (!(await this.#send(event))) await wait(20)
  }

  async #repeat(event: Sent): Promise<void> {
    this.repeated += 1
    await this.#send(event)
  }

  async #send({ body, eventId }: Sent): Promise<boolean> {
    const { receiverUrl, signingSecret } = this.#options
    const answer = await sendSalesforce(receiverUrl, signingSecret, body, { eventId }).catch(() => null)
    return answer?.status === 200
  }
}

const pause = (random: Random): number => random.between(2, 30)

/** A full payload, so that the event does not depend on what the simulated Salesforce holds. */
function eventOf({ recordId }: Account, key: string, number: number): Sent {
  const name = `Crash ${recordId.slice(8, 15)} no. ${number}`
  const systemModstamp = new Date(Date.now() + number).toISOString()
  const record = { Id: recordId, Name: name, Phone: '+1 312 555 0100', SystemModstamp: systemModstamp }
  const body = { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId, systemModstamp, record }
  return { eventId: `evt_crash_${key}`, recordId, name, body }
}

/** Salesforce's 18-character form of a 15-character id: three letters that say which of its letters are capitals. */
function to18(id: string): string {
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from(id.slice(start, start + 5)).reduce(
      (sum, letter, index) => sum + (/[A-Z]/.test(letter) ? 1 << index : 0),
      0,
    )
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits] ?? ''
  })
  return id + suffix.join('')
}
