import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue } from '#main/sandbox/sqlserver/event-queue.ts'

/** The queue as a person would explain it. */
interface ModelRow {
  recId: number
  state: 'pending' | 'dead' | 'gone'
  token: number | null
  until: number
  attempts: number
}

const command = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('lease' as const), size: fc.integer({ min: 1, max: 5 }), seconds: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('acknowledge' as const), lease: fc.nat(8), rows: fc.array(fc.nat(12), { maxLength: 6 }) }),
  fc.record({ kind: fc.constant('setAside' as const), lease: fc.nat(8), row: fc.nat(12) }),
)

describe('the simulated queue', () => {
  it('does what its model does, whatever is called in whatever order', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const database = new Database(':memory:')
        const queue = new EventQueue(database)
        const model: ModelRow[] = []
        const ids = new Map<number, string>()
        const tokens: string[] = []
        let now = 1_700_000_000_000
        for (const one of commands) {
          if (one.kind === 'wait') now += one.seconds * 1_000
          else if (one.kind === 'add') {
            for (let n = 0; n < one.count; n += 1) {
              const recId = model.length
              model.push({ recId, state: 'pending', token: null, until: 0, attempts: 0 })
              queue.add({ entity: 'ticket', recId, action: 'updated', changedBy: 'jane' }, now)
            }
          } else if (one.kind === 'lease') {
            const { token, rows } = queue.lease(one.size, one.seconds, now)
            const expected = model.filter((row) => row.state === 'pending' && row.until <= now).slice(0, one.size)
            for (const row of expected) {
              Object.assign(row, { token: tokens.length, until: now + one.seconds * 1_000, attempts: row.attempts + 1 })
            }
            tokens.push(token)
            for (const row of rows) ids.set(row.rec_id ?? -1, row.id)
            expect(rows.map((row) => [row.rec_id, row.attempts])).toEqual(expected.map((row) => [row.recId, row.attempts]))
          } else {
            const rows = one.kind === 'acknowledge' ? one.rows : [one.row]
            const held = model.filter((row) => rows.includes(row.recId) && row.token === one.lease && row.state === 'pending')
            const named = rows.map((row) => ids.get(row) ?? 'none')
            const token = tokens[one.lease] ?? 'none'
            const count = one.kind === 'acknowledge' ? queue.acknowledge(token, named) : queue.setAside(token, named[0] ?? '', 'why')
            for (const row of held) row.state = one.kind === 'acknowledge' ? 'gone' : 'dead'
            expect(count).toBe(held.length)
          }
          const pending = model.filter((row) => row.state === 'pending')
          expect(queue.counts(now)).toMatchObject({
            pending: pending.filter((row) => row.until <= now).length,
            leased: pending.filter((row) => row.until > now).length,
            dead: model.filter((row) => row.state === 'dead').length,
          })
        }
        database.close()
      }),
      { numRuns: 150 },
    )
  })
})
