import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allRows,
  isPicked,
  noRows,
  pickedCount,
  pickLoaded,
  pickRange,
  togglePick,
  type RowPicks,
} from '#renderer/state/row-picks.ts'

const rows = [10, 9, 8, 7, 6, 5]
const ticked = (picks: RowPicks<number>) => rows.filter((id) => isPicked(picks, id))

describe('ticking rows', () => {
  it('ticks and unticks one', () => {
    const one = togglePick<number>(noRows, 9)
    expect(ticked(one)).toEqual([9])
    expect(ticked(togglePick(one, 9))).toEqual([])
  })

  it('gives a range, in either direction, what its last row gets', () => {
    const down = pickRange(togglePick<number>(noRows, 9), 6, rows)
    expect(ticked(down)).toEqual([9, 8, 7, 6])
    expect(ticked(pickRange(togglePick(down, 7), 9, rows)), 'from 7, which was unticked').toEqual([6])
    expect(ticked(pickRange(togglePick<number>(noRows, 6), 9, rows))).toEqual([9, 8, 7, 6])
  })

  it('takes a range without a beginning for one row', () => {
    expect(ticked(pickRange<number>(noRows, 8, rows))).toEqual([8])
    expect(ticked(pickRange(togglePick<number>(noRows, 99), 8, rows)), 'its beginning is not loaded').toEqual([8])
  })

  it('knows all that match, and leaves out what is unticked again', () => {
    const all = pickRange(togglePick<number>(allRows, 9), 7, rows)
    expect(ticked(all)).toEqual([10, 6, 5])
    expect(pickedCount(all, 1_284)).toBe(1_281)
    expect([pickedCount(pickLoaded(rows), 1_284), pickedCount<number>(allRows, 1_284)]).toEqual([6, 1_284])
  })

  it('counts what is ticked, whatever was clicked', () => {
    const click = fc.record({ id: fc.constantFrom(...rows), isRange: fc.boolean() })
    fc.assert(
      fc.property(fc.boolean(), fc.array(click, { maxLength: 12 }), (isAll, clicks) => {
        const start: RowPicks<number> = isAll ? allRows : noRows
        const end = clicks.reduce(
          (last, { id, isRange }) => (isRange ? pickRange(last, id, rows) : togglePick(last, id)),
          start,
        )
        return pickedCount(end, rows.length) === ticked(end).length
      }),
    )
  })
})
