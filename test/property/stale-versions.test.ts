import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '#test/unit/main/mapping/two-systems.ts'

const accounts = mappingOf('account-company')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A00000000001AAA' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }

/** Events of one record in any order, some twice, some thin, some without a version, linked before or not. */
const histories = fc.record({
  linked: fc.boolean(),
  edits: fc.integer({ min: 1, max: 5 }),
  order: fc.array(fc.record({ edit: fc.nat(4), kind: fc.constantFrom('full', 'thin', 'unversioned', 'replay') }), {
    minLength: 1,
    maxLength: 12,
  }),
  sameSecond: fc.boolean(),
})

it('never goes back, and ends in the newest state, whatever the order of events and however often each comes', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ linked, edits, order, sameSecond }) => {
      const systems = new TwoSystems()
      systems.put(account, { Name: 'Name 0' })
      if (linked) {
        systems.put(company, { name: 'Name 0' })
        await systems.carry(accounts, account)
      }
      const told: { fields: Values; version: string | null }[] = []
      for (let edit = 1; edit <= edits; edit += 1) {
        const record = systems.edit(account, { Name: `Name ${edit}` })
        if (sameSecond)
          systems.records.set('salesforce:Account:001A00000000001AAA', { ...record, version: '2026-06-01T00:00:00Z' })
        told.push({ fields: { Name: `Name ${edit}` }, version: systems.at(account).version })
      }
      const newest = { edit: edits - 1, kind: 'full' as const }
      let reached = 0
      for (const { edit, kind } of [...order, newest]) {
        const event = told[edit % edits]
        if (event === undefined) continue
        const full = { fields: event.fields, full: true, version: kind === 'unversioned' ? null : event.version }
        const mode = kind === 'replay' && systems.links.length > 0 ? 'as-received' : 'live'
        // Within one second nothing tells a replayed value from a newer one, and a person's order counts then.
        if (mode === 'as-received' && sameSecond) continue
        await systems.carry(accounts, account, { event: kind === 'thin' ? {} : full, mode })
        const id = systems.links[0]?.connectwise.id ?? ''
        const now = Number(/\d+$/.exec(String(systems.at({ ...company, id }).values['name']))?.[0])
        expect(now).toBeGreaterThanOrEqual(reached)
        reached = now
      }
      expect(reached).toBe(edits)
    }),
    { numRuns: 200 },
  )
})
