import { describe, expect, test } from 'vitest'
import { dedupeKeys } from '#main/inbound/parse/dedupe-keys.ts'
import type { ParsedItem } from '#main/inbound/parse/parsed.ts'
import type { EventContent } from '#shared/domain/event.ts'
import type { SourceId } from '#shared/domain/ids.ts'

const source = 'salesforce' as SourceId

function item(content: Partial<EventContent>, ownKeys: string[] = [], body = 'x'): ParsedItem {
  const common = {
    recordId: '1',
    entity: 'Account',
    title: null,
    occurredAt: null,
    actor: null,
    ownMark: false,
    full: false,
  }
  return {
    content: { ...common, action: 'updated', version: null, fields: null, ...content },
    body: Buffer.from(body),
    ownKeys,
  }
}

describe('dedupeKeys', () => {
  test('names the event as Hookdeck does, and as its sender does', () => {
    expect(dedupeKeys(item({}, ['flow:1']), source, 'evt_1', 3, 0)).toEqual(['hookdeck:evt_1#3', 'flow:1'])
    expect(dedupeKeys(item({}, ['flow:1']), source, null, 3, 0)).toEqual(['flow:1'])
  })

  test('knows the same bytes again when they hold a version', () => {
    const keys = (body: string, at: number, recordId = '1') =>
      dedupeKeys(item({ version: 'v', recordId }, [], body), source, null, 0, at)
    expect(keys('x', 0)).toEqual(keys('x', 1e12))
    expect(keys('x', 0)).not.toEqual(keys('y', 0))
    expect(keys('x', 0, '1')).not.toEqual(keys('x', 0, '2'))
  })

  test('without a version, the same values are a repetition for a while only', () => {
    const shares = (gapMs: number): boolean => {
      const first = dedupeKeys(item({ fields: { Status: 'Open' } }), source, null, 0, 59_999)
      return dedupeKeys(item({ fields: { Status: 'Open' } }), source, null, 0, 59_999 + gapMs).some((key) =>
        first.includes(key),
      )
    }
    expect([0, 1, 60_000].map(shares)).toEqual([true, true, true])
    expect(shares(120_001)).toBe(false)
  })

  test('an event that says nothing but that something changed is never taken for an earlier one', () => {
    expect(dedupeKeys(item({}), source, null, 0, 0)).toEqual([])
  })
})
