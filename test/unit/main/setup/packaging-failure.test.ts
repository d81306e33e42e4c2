import { expect, it } from 'vitest'
import { explainPackaging } from '#main/setup/packaging-failure.ts'

it('a network that is not there is told in a sentence, without a stack', () => {
  const output =
    '  ⨯ getaddrinfo ENOTFOUND github.com  failedTask=build stackTrace=RequestError: getaddrinfo ENOTFOUND github.com\n    at ClientRequest.<anonymous> (got/index.js:970:111)\n'
  const sentence = explainPackaging(output)
  expect(sentence).toContain('could not be reached (ENOTFOUND github.com)')
  expect(sentence).not.toMatch(/\bat |\n/)
})

it.each([
  '  ⨯ Invalid configuration object. electron-builder has been initialized wrongly',
  '  ⨯ connect ETIMEDOUT timestamp.example.com:80  failedTask=sign',
])('leaves any other failure to its own words: %s', (output) => {
  expect(explainPackaging(output)).toBeNull()
})
