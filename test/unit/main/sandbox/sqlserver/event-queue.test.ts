import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue } from '#main/sandbox/sqlserver/event-queue.ts'

type Command =
  | { kind: 'add' }
  | { kind: 'lease'; size: number; seconds: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'acknowledge'; lease: number; rows: number[] }
  | { kind: 'setAside'; lease: number; row: number }

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant({ kind: 'add' as const }),
  fc.record({
    kind: fc.constant('lease' as const),
    size: fc.integer({ min: 1, max: 5 }),
    seconds: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('acknowledge' as const), lease: fc.nat(8), rows: fc.uniqueArray(fc.nat(12)) }),
  fc.record({ kind: fc.constant('setAside' as const), lease: fc.nat(8), row: fc.nat(12) }),
)

interface ModelRow {
  state: 'pending' | 'dead' | 'gone'
  lease: number | null
  until: number
  attempts: number
}

/** The queue as a person would explain it; rows and leases are called by their number. Answers with what it did. */
class Model {
  readonly rows: ModelRow[] = []
  #leases = 0

  apply(command: Command, now: number): unknown {
    switch (command.kind) {
      case 'wait':
        return null
      case 'add':
        return this.rows.push({ state: 'pending', lease: null, until: 0, attempts: 0 })
      case 'lease': {
        const free = this.rows.filter((row) => row.state === 'pending' && row.until <= now).slice(0, command.size)
        for (const row of free)
          Object.assign(row, { lease: this.#leases, until: now + command.seconds * 1_000, attempts: row.attempts + 1 })
        this.#leases += 1
        return free.map((row) => [this.rows.indexOf(row), row.attempts])
      }
      case 'acknowledge':
        return this.#end(command.lease, command.rows, 'gone')
      case 'setAside':
        return this.#end(command.lease, [command.row], 'dead')
    }
  }

  counts(now: number): object {
    const pending = this.rows.filter((row) => row.state === 'pending')
    const dead = this.rows.filter((row) => row.state === 'dead').length
    return {
      pending: pending.filter((row) => row.until <= now).length,
      leased: pending.filter((row) => row.until > now).length,
      dead,
    }
  }

  #end(lease: number, numbers: readonly number[], state: 'gone' | 'dead'): number {
    const held = this.rows.filter((row, at) => numbers.includes(at) && row.lease === lease && row.state === 'pending')
    for (const row of held) row.state = state
    return held.length
  }
}

/** The real thing, under the model's names. */
class Subject {
  readonly queue = new EventQueue(new Database(':memory:'))
  readonly #ids = new Map<number, string>()
  readonly #tokens: string[] = []
  #rows = 0

  apply(command: Command, now: number): unknown {
    switch (command.kind) {
      case 'wait':
        return null
      case 'add':
        this.queue.add({ entity: 'ticket', recId: this.#rows, action: 'updated', changedBy: 'jane' }, now)
        return ++this.#rows
      case 'lease': {
        const { token, rows } = this.queue.lease(command.size, command.seconds, now)
        this.#tokens.push(token)
        for (const row of rows) this.#ids.set(row.rec_id ?? -1, row.id)
        return rows.map((row) => [row.rec_id, row.attempts])
      }
      case 'acknowledge':
        return this.queue.acknowledge(
          this.#token(command.lease),
          command.rows.map((row) => this.#id(row)),
        )
      case 'setAside':
        return this.queue.setAside(this.#token(command.lease), this.#id(command.row), 'why')
    }
  }

  #token(lease: number): string {
    return this.#tokens[lease] ?? 'none'
  }

  #id(row: number): string {
    return this.#ids.get(row) ?? 'none'
  }
}

describe('the simulated queue', () => {
  it('does what its model does, whatever is called in whatever order', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 10, maxLength: 80 }), (commands) => {
        const [model, subject] = [new Model(), new Subject()]
        let now = 1_700_000_000_000
        for (const one of commands) {
          now += one.kind === 'wait' ? one.seconds * 1_000 : 0
          expect(subject.apply(one, now)).toEqual(model.apply(one, now))
          expect(subject.queue.counts(now)).toMatchObject(model.counts(now))
        }
      }),
      { numRuns: 150 },
    )
  })
})
