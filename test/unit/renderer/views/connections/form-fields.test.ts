import { expect, test } from 'vitest'
import { filled, formErrors, formFields, initialValues } from '#renderer/views/connections/form-fields.ts'
import { freeId, kinds } from '#renderer/views/connections/kinds.ts'

test('the form asks first for what has no default, with the control that suits it', () => {
  const fields = formFields(kinds['connectwise-sql'].schema)
  const first = fields.filter((field) => !field.rare)
  expect(first.map((field) => [field.name, field.control])).toEqual([
    ['connectionId', 'connection'],
    ['host', 'text'],
    ['port', 'number'],
    ['database', 'text'],
    ['user', 'text'],
  ])
  expect(fields.find((field) => field.name === 'encrypt')).toMatchObject({
    control: 'switch',
    initial: true,
    rare: true,
  })
})

test('an untouched form says which fields are needed', () => {
  const { schema } = kinds.salesforce
  const errors = formErrors(schema, initialValues(formFields(schema)))
  expect(errors).toEqual({ loginUrl: 'This is needed.', clientId: 'This is needed.' })
})

test('a wrong address is explained, a right form has no errors, empty fields take their default', () => {
  const { schema } = kinds.salesforce
  expect(formErrors(schema, { loginUrl: 'acme', clientId: 'x' })).toEqual({
    loginUrl: 'Enter a whole address, beginning with https://',
  })
  expect(formErrors(schema, { loginUrl: 'https://acme.my.salesforce.com', clientId: 'x', username: '' })).toEqual({})
  expect(filled({ username: '', callMark: undefined, clientId: 'x' })).toEqual({ clientId: 'x' })
})

test('a limit that can be switched off is a number, and empty means off rather than its default', () => {
  for (const kind of ['salesforce-webhook', 'connectwise-callback', 'connectwise-sql'] as const) {
    const field = formFields(kinds[kind].schema).find((one) => one.name === 'mostDeletions')
    expect(field).toMatchObject({ control: 'number', nullable: true, rare: true, initial: 20 })
    expect(field?.help).toMatch(/Empty means that all pass/)
    expect(formErrors(kinds[kind].schema, { mostDeletions: null })).not.toHaveProperty('mostDeletions')
  }
  expect(filled({ mostDeletions: null })).toEqual({ mostDeletions: null })
})

test('only the secret that the way to sign in needs is asked for', () => {
  expect(kinds.salesforce.unused?.({ grant: 'client-credentials' })).toEqual(['username', 'privateKey'])
  expect(kinds.salesforce.unused?.({ grant: 'jwt-bearer' })).toEqual(['clientSecret'])
})

test('a new one gets a free id', () => {
  expect(freeId('salesforce', [])).toBe('salesforce')
  expect(freeId('salesforce', ['salesforce', 'salesforce-2'])).toBe('salesforce-3')
})
