import { expect, it } from 'vitest'
import { samplePaths } from '#shared/logic/field-samples.ts'

it('tells for each path how often it was there, of which types, and a few values', () => {
  const paths = samplePaths([
    { Name: 'Acme', 'company/id': 12, site: { city: 'Berlin' } },
    { Name: '', 'company/id': 12, tags: ['a', 'b'] },
  ])
  expect(paths).toEqual([
    { path: 'Name', types: ['empty', 'text'], count: 2, examples: ['Acme'] },
    { path: 'company/id', types: ['number'], count: 2, examples: ['12'] },
    { path: 'site', types: ['object'], count: 1, examples: [] },
    { path: 'site/city', types: ['text'], count: 1, examples: ['Berlin'] },
    { path: 'tags', types: ['list'], count: 1, examples: [] },
    { path: 'tags[]', types: ['text'], count: 1, examples: ['a', 'b'] },
  ])
})

it('shows no secrets, and no more of a value than is worth it', () => {
  const paths = samplePaths([
    { 'portal/password': 'hunter2', Note: 'x'.repeat(100_000), Link: 'https://a.test/?api_key=hunter2' },
  ])
  expect(JSON.stringify(paths)).not.toContain('hunter2')
  expect(Math.max(...paths.flatMap(({ examples }) => examples.map(({ length }) => length)))).toBe(80)
})
