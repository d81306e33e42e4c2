import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listChanges, type ChangePage } from '#main/connectors/salesforce/changes.ts'
import { ok } from '#shared/domain/failure.ts'

type Row = ChangePage['records'][number]

const at = (second: number) => new Date(1_700_000_000_000 + second * 1_000).toISOString()
const idOf = (place: number) => `001${String(place).padStart(15, '0')}`

/** Answers a query of `listChanges` as Salesforce would, over rows in the order it asks for. */
function page(rows: readonly Row[], soql: string): ChangePage {
  const [, from = '', , same = '', after = ''] =
    /SystemModstamp > ([\d:.TZ-]+)( OR \(SystemModstamp = ([\d:.TZ-]+) AND Id > '(\w+)'\))?/.exec(soql) ?? []
  const limit = Number(/LIMIT (\d+)/.exec(soql)?.[1])
  const isWanted = ({ Id, SystemModstamp }: Row) => {
    const instant = SystemModstamp.replace('+0000', 'Z')
    return instant > from || (same !== '' && instant === same && Id > after)
  }
  const sorted = rows.toSorted((a, b) => (a.SystemModstamp + a.Id < b.SystemModstamp + b.Id ? -1 : 1))
  return { records: sorted.filter(isWanted).slice(0, limit) }
}

test('every change is met once over all pages, though thousands share one second', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 1_900 })), { maxLength: 6 }),
      async (seconds) => {
        const rows = seconds
          .flatMap(([second, many]) => Array.from({ length: many }, () => second))
          .map((second, place) => ({
            Id: idOf(place),
            SystemModstamp: at(second).replace('Z', '+0000'),
            IsDeleted: place % 7 === 0,
          }))
        const changes = await listChanges('Account', at(0), (soql) => Promise.resolve(ok(page(rows, soql))))
        if (!changes.ok) throw new Error('failed')
        expect(new Set(changes.value.map(({ id }) => id))).toEqual(new Set(rows.map(({ Id }) => Id)))
        expect(changes.value).toHaveLength(rows.length)
      },
    ),
    { numRuns: 30 },
  )
})

test('a record that is changed again while the pages are read is met with its last version', async () => {
  const rows = Array.from({ length: 2_001 }, (_, place) => ({
    Id: idOf(place),
    SystemModstamp: at(1),
    IsDeleted: false,
  }))
  let asked = 0
  const changes = await listChanges('Account', at(0), (soql) => {
    asked += 1
    if (asked === 2) rows[0] = { Id: idOf(0), SystemModstamp: at(9), IsDeleted: true }
    return Promise.resolve(ok(page(rows, soql)))
  })
  if (!changes.ok) throw new Error('failed')
  expect(changes.value.find(({ id }) => id === idOf(0))).toEqual({ id: idOf(0), version: at(9), isDeleted: true })
  expect(changes.value).toHaveLength(2_001)
})
