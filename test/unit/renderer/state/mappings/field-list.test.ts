import { expect, it } from 'vitest'
import { fieldTree, inExpression, joinSamples, knownFields, namesake } from '#renderer/state/mappings/field-list.ts'
import { fieldDescription, type SamplePath } from '#shared/domain/schema.ts'
import { evaluate } from '#shared/logic/expression.ts'

const describe = (name: string, label: string, readOnly = false) =>
  fieldDescription.parse({
    name,
    label,
    type: 'text',
    required: false,
    length: null,
    readOnly,
    createOnly: false,
    values: null,
    restricted: false,
    referenceTo: null,
  })
const sample = (path: string, ...examples: string[]): SamplePath => ({ path, types: ['text'], count: 2, examples })

const fields = knownFields(
  [
    describe('id', 'Id', true),
    describe('company/id', 'Company (id)'),
    describe('company/name', 'Company'),
    describe('summary', 'Summary'),
  ],
  [sample('summary', 'Printer is jammed'), sample('customFields/Floor', '3'), { ...sample('lines'), types: ['list'] }],
)

it('joins what the system says with what events held; what the system sets comes late, what it hides last', () => {
  expect(fields.map(({ name }) => name)).toEqual(['company/id', 'company/name', 'summary', 'id', 'customFields/Floor'])
  expect(fields.find(({ name }) => name === 'summary')).toMatchObject({ examples: ['Printer is jammed'], seen: 2 })
  expect(fields.at(-1)).toMatchObject({ isDescribed: false, examples: ['3'] })
})

it('puts parts of one reference under one branch, and finds by name, label and example', () => {
  expect(fieldTree(fields, '').map(({ name, label, fields: leaves }) => [name, label, leaves.length])).toEqual([
    ['company', 'Company', 2],
    ['summary', 'Summary', 1],
    ['id', 'Id', 1],
    ['customFields', 'Custom fields', 1],
  ])
  expect(fieldTree(fields, 'jammed PRINTER').map(({ name }) => name)).toEqual(['summary'])
  expect(fieldTree(fields, 'jammed company')).toEqual([])
})

it('samples of several sources are one', () => {
  expect(joinSamples([[sample('a', 'x', 'y')], [sample('a', 'y', 'z')]])).toEqual([
    { path: 'a', types: ['text'], count: 4, examples: ['x', 'y', 'z'] },
  ])
})

it('a field is written so that an expression reads it, whatever its name is', async () => {
  for (const name of ['Name', 'company/id', 'customFields/Contract No'])
    expect(await evaluate(inExpression(name), { [name]: 'found' }, '1')).toEqual({ ok: true, value: 'found' })
})

it('a field finds its namesake at the other side, unless that takes no value', () => {
  expect(namesake('Subject', 'Summary', fields)).toBe('summary')
  expect(namesake('Id', 'Id', fields)).toBeNull()
})
