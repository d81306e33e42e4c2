import { describe, expect, it } from 'vitest'
import { joinWords, wordQuery, wordsOf } from '#shared/logic/record-words.ts'

describe('the words of a record', () => {
  it('are its ids, its title and what its numbers and addresses say', () => {
    const values = {
      Email: 'jo@acme.test',
      Website: 'https://www.acme.test/shop',
      CaseNumber: '00001026',
      Description: 'long',
    }
    const words = joinWords(wordsOf('0015g00000XyZAbAAV', 'Acme Corp', values))
    expect(words.split(' ')).toEqual([
      '0015g00000XyZAbAAV',
      '0015g00000XyZAb',
      'Acme',
      'Corp',
      'jo@acme.test',
      'acme.test/shop',
      '00001026',
    ])
  })

  it('stand once each, however often they are said', () => {
    expect(joinWords(['Acme Acme', 'Acme'])).toBe('Acme')
  })
})

describe('a search text', () => {
  it.each([
    ['acme corp', '"acme"* "corp"*'],
    ['0015g00000XyZAbAAV', '"0015g00000XyZAb"*'],
    ['www.acme.test', '"acme.test"*'],
    ['say "hi"', '"say"* """hi"""*'],
    ['- *', null],
    ['', null],
  ])('%j is looked for as %j', (text, query) => {
    expect(wordQuery(text)).toBe(query)
  })
})
