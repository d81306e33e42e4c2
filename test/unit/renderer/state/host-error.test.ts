import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { HostUnreachable } from '#renderer/client/host-link.ts'
import { detailOf, sentenceOf } from '#renderer/state/host-error.ts'

it('tells all that the host said of a refusal', () => {
  const refusal = new ORPCError('INVALID', {
    status: 422,
    message: 'reason: may not be empty',
    data: { field: 'reason', reason: 'may not be empty' },
  })
  expect(sentenceOf(refusal)).toBe('reason: may not be empty')
  expect(detailOf('It could not be paused.', refusal, 0).split('\n')).toEqual([
    '1970-01-01T00:00:00.000Z',
    'It could not be paused.',
    'Error: reason: may not be empty',
    'Code: INVALID (422)',
    'Data: {"field":"reason","reason":"may not be empty"}',
  ])
})

it.each([new HostUnreachable(), 'a word', undefined, null, new Error('')])('has something to say of %s', (thrown) => {
  expect(sentenceOf(thrown)).toMatch(/\.$/)
  expect(detailOf('It failed.', thrown)).toMatch(/^It failed\.\n.+/)
})
