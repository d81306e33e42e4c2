import { expect, test } from 'vitest'
import { readInstant, readVersion } from '#main/inbound/parse/instant.ts'

test.each([
  ['2026-03-01T10:20:30.000+0000', '2026-03-01T10:20:30.000Z'],
  ['2026-03-01T10:20:30Z', '2026-03-01T10:20:30.000Z'],
  ['2026-03-01T12:20:30.5+02:00', '2026-03-01T10:20:30.500Z'],
  ['2026-03-01T10:20:30', '2026-03-01T10:20:30.000Z'],
  ['2026-03-01 10:20', '2026-03-01T10:20:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  [1772360430000, '2026-03-01T10:20:30.000Z'],
])('reads %s as %s', (value, version) => expect(readVersion(value)).toBe(version))

test.each([undefined, null, true, '', 'soon', '2026-13-01', '12:00', 1.5, 1e300, {}, []])(
  'finds no instant in %j',
  (value) => {
    expect(readInstant(value)).toBeNull()
    expect(readVersion(value)).toBeNull()
  },
)
