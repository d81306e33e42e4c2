import { describe, expect, it } from 'vitest'
import { explainNoAnswer } from '#main/connectors/http/http-failures.ts'
import { wasNeverSent } from '#main/connectors/http/no-answer.ts'
import { readRetryAfter } from '#main/connectors/http/retry-after.ts'
import { readSubject, writeSubject } from '#main/connectors/subject.ts'
import { createContext } from '../loopback.ts'

const write = writeSubject('ticket', null, {}, createContext())
const read = readSubject('ticket', '12', createContext({ purpose: 'refetch' }))

describe('failures without an answer', () => {
  it('are unknown only for a write that may have arrived', () => {
    const cut = { answered: false, reason: 'cut', sent: true, detail: 'other side closed' } as const
    expect(explainNoAnswer(cut, 'ConnectWise', write)).toMatchObject({
      class: 'unknown',
      code: 'CONNECTION_CUT',
      stage: 'deliver',
    })
    expect(explainNoAnswer(cut, 'ConnectWise', read)).toMatchObject({ class: 'transient', stage: 'transform' })
    const refused = { answered: false, reason: 'unreachable', sent: false, detail: 'ECONNREFUSED' } as const
    expect(explainNoAnswer(refused, 'ConnectWise', write)).toMatchObject({ class: 'transient', code: 'UNREACHABLE' })
  })

  it('say what happened to which record', () => {
    const late = { answered: false, reason: 'timeout', sent: true, detail: 'no answer within 20000 ms' } as const
    expect(explainNoAnswer(late, 'ConnectWise', write).sentence).toBe(
      'ConnectWise did not answer in time (no answer within 20000 ms), so it is not known whether the new ticket was written. Patchbay looks before it tries again.',
    )
  })

  it('count name and certificate errors as never sent, and a reset as sent', () => {
    expect(wasNeverSent('ENOTFOUND')).toBe('unreachable')
    expect(wasNeverSent('CERT_HAS_EXPIRED')).toBe('certificate')
    expect(wasNeverSent('ECONNRESET')).toBeNull()
    expect(wasNeverSent('UND_ERR_SOCKET')).toBeNull()
  })
})

describe('Retry-After', () => {
  it('is read in seconds and as a date, with 30 seconds where it says nothing', () => {
    const now = Date.parse('2026-01-31T12:00:00Z')
    expect(readRetryAfter('7', now)).toBe(now + 7_000)
    expect(readRetryAfter('Sat, 31 Jan 2026 12:01:00 GMT', now)).toBe(now + 60_000)
    for (const useless of [undefined, '', 'soon', '-5', 'Sat, 31 Jan 2026 11:00:00 GMT'])
      expect(readRetryAfter(useless, now)).toBe(now + 30_000)
    expect(readRetryAfter('999999999', now)).toBe(now + 24 * 3_600_000)
  })
})
