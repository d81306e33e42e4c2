import sql from 'mssql'
import { describe, expect, it } from 'vitest'
import { sqlFailure } from '#main/connectors/connectwise/sql/sql-failure.ts'

const target = { host: 'cw01', port: 1433, database: 'cwwebapp_acme', user: 'patchbay_relay' }

function serverError(number: number): Error {
  return new sql.RequestError(Object.assign(new Error('as the server put it'), { info: { number } }), 'EREQUEST')
}

function socketError(code: string): Error {
  const cause = new AggregateError([Object.assign(new Error(code), { code })], 'Could not connect')
  return new sql.ConnectionError(
    Object.assign(new Error('Failed to connect', { cause }), { code: 'ESOCKET' }),
    'ESOCKET',
  )
}

describe('a failure of the queue', () => {
  it.each([
    [229, 'permanent', 'may not run the procedures'],
    [2812, 'permanent', 'not installed in cwwebapp_acme'],
    [208, 'permanent', 'OPENJSON'],
    [8145, 'permanent', 'does not fit this version'],
    [1205, 'transient', 'deadlock'],
    [64000, 'transient', 'as the server put it'],
  ])('is told by the server error %i', (number, failureClass, words) => {
    const failure = sqlFailure(serverError(number), target)
    expect(failure).toMatchObject({ class: failureClass, code: String(number), stage: 'receive' })
    expect(failure.sentence).toContain(words)
    expect(`${failure.sentence} ${failure.fix}`).not.toMatch(/\{\w+\}/)
  })

  it.each([
    ['ECONNREFUSED', 'transient', "cw01:1433 can't be reached (ECONNREFUSED)"],
    ['ENOTFOUND', 'transient', "can't be reached"],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'permanent', 'certificate of cw01:1433 is not trusted'],
    ['ECONNRESET', 'transient', 'was cut'],
  ])('is told by the cause %s beneath the error of the driver', (code, failureClass, words) => {
    const failure = sqlFailure(socketError(code), target)
    expect(failure).toMatchObject({ class: failureClass })
    expect(failure.sentence).toContain(words)
  })

  it('of a sign-in is told by its number, which comes apart from the error', () => {
    const thrown = new sql.ConnectionError('Login failed', 'ELOGIN')
    expect(sqlFailure(thrown, target)).toMatchObject({ class: 'auth', code: 'ELOGIN' })
    expect(sqlFailure(thrown, target, 18456)).toMatchObject({ class: 'auth', code: '18456' })
    expect(sqlFailure(thrown, target, 4060).sentence).toContain('may not open the database cwwebapp_acme')
  })

  it('gets a sentence whatever was thrown', () => {
    const circular: { cause?: unknown } = new Error('round and round')
    circular.cause = circular
    for (const thrown of [circular, 'a text', null, 7, { code: 5 }]) {
      expect(sqlFailure(thrown, target).sentence).toContain('cw01:1433')
    }
  })
})
