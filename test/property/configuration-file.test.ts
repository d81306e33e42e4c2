import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mappingDocument, type MappingDocument } from '#shared/domain/mapping.ts'
import { route, type Route } from '#shared/domain/route.ts'
import { readConfiguration, writeConfiguration } from '#shared/logic/configuration-file.ts'
import { diffMappings } from '#shared/logic/diff-mappings.ts'
import { planImport } from '#shared/logic/plan-import.ts'

/** Each run builds whole documents, which takes longer than to look at them. */
const runs = { numRuns: 40 }

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9/]{0,12}$/)
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/)
const json = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant({ b: 1, a: [2] }))

const row = fc.record(
  {
    salesforce: name,
    connectwise: name,
    direction: fc.constantFrom('both', 'to-connectwise', 'to-salesforce'),
    toConnectwise: fc.constantFrom('Name', '"x"'),
    valueMap: fc.record({
      pairs: fc.array(fc.record({ salesforce: fc.string(), connectwise: fc.string() }), { maxLength: 3 }),
    }),
    default: fc.record({ salesforce: json, connectwise: json }, { requiredKeys: [] }),
    maxLength: fc.record({ connectwise: fc.nat() }, { requiredKeys: [] }),
    note: fc.string(),
  },
  { requiredKeys: ['salesforce', 'connectwise'] },
)

const document = fc
  .record({ id, name: fc.constantFrom('One', 'Two'), fields: fc.array(row, { minLength: 1, maxLength: 6 }) })
  .map((one) => mappingDocument.parse({ ...one, salesforce: { entity: 'Case' }, connectwise: { entity: 'ticket' } }))

const condition = fc.record({ field: name, operator: fc.constantFrom('is', 'one-of'), value: json })
const oneRoute = fc
  .record({
    id,
    name: fc.constantFrom('Out', 'Back'),
    conditions: fc.array(condition, { maxLength: 3 }),
    mappingId: id,
    coalesce: fc.boolean(),
  })
  .map(({ conditions, ...one }) =>
    route.parse({
      ...one,
      from: 'salesforce',
      match: { entity: 'Case', actions: ['created'], conditions },
      connectionId: 'cw',
      sourceConnectionId: 'sf',
    }),
  )

const byId = { selector: (one: { id: string }) => one.id, maxLength: 4 }
const configuration = fc.record({
  mappings: fc.uniqueArray<MappingDocument, string>(document, byId),
  routes: fc.uniqueArray<Route, string>(oneRoute, byId),
})

/** The same with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  )
}

function read(text: string) {
  const given = readConfiguration(text)
  if (!given.ok) throw new Error(given.problems.join(' '))
  return given.value
}

const connections = new Set(['sf', 'cw'])

describe('a configuration file', () => {
  it('is the same text for the same configuration, whatever order it was entered in', () => {
    fc.assert(
      fc.property(configuration, (one) => {
        const text = writeConfiguration(one)
        const other = turned({ mappings: one.mappings.toReversed(), routes: one.routes.toReversed() })
        const reversed = other as { mappings: MappingDocument[]; routes: Route[] }
        expect(writeConfiguration(reversed)).toBe(text)
        expect(writeConfiguration(read(text))).toBe(text)
      }),
      runs,
    )
  })

  it('imported where it came from changes nothing, and elsewhere adds all', () => {
    fc.assert(
      fc.property(configuration, (one) => {
        const file = read(writeConfiguration(one))
        const count = one.mappings.length + one.routes.length
        expect(planImport(file, one, connections).items.map(({ what }) => what)).toEqual(Array(count).fill('same'))
        const fresh = planImport(file, { mappings: [], routes: [] }, connections).items
        expect(fresh.map(({ what }) => what)).toEqual(Array(count).fill('add'))
        const without = planImport({ mappings: [], routes: [] }, one, connections).items
        expect(without.map(({ what }) => what)).toEqual(Array(count).fill('only-here'))
      }),
      runs,
    )
  })

  it.each([
    ['{', /not JSON/],
    ['[]', /expected object/i],
    ['{"patchbay":{"kind":"configuration","format":2}}', /format/],
  ])('that is none says so: %s', (text, problem) => {
    const given = readConfiguration(text)
    expect(given.ok ? '' : given.problems.join()).toMatch(problem)
  })
})

describe('the difference of two documents', () => {
  it('is nothing exactly when they say the same', () => {
    fc.assert(
      fc.property(document, document, (one, other) => {
        const { settings, rows, isReordered } = diffMappings(one, other)
        const isSame = settings.length === 0 && rows.length === 0 && !isReordered
        expect(isSame).toBe(
          writeConfiguration({ mappings: [one], routes: [] }) === writeConfiguration({ mappings: [other], routes: [] }),
        )
      }),
      runs,
    )
    fc.assert(
      fc.property(document, (one) => {
        expect(diffMappings(one, mappingDocument.parse(turned(one)))).toEqual({
          settings: [],
          rows: [],
          isReordered: false,
        })
      }),
      runs,
    )
  })

  it('knows a row by its fields and its direction first, and by its fields alone where that changed', () => {
    const row = { salesforce: 'ContactId', connectwise: 'contact/id' }
    const of = (...fields: object[]) =>
      mappingDocument.parse({
        ...{ id: 'm', name: 'M', salesforce: { entity: 'Case' }, connectwise: { entity: 'ticket' } },
        fields,
      })
    const [out, back] = [
      { ...row, direction: 'to-connectwise' },
      { ...row, direction: 'to-salesforce', note: 'n' },
    ]
    expect(diffMappings(of(out, back), of(back, out))).toEqual({ settings: [], rows: [], isReordered: true })
    expect(diffMappings(of(out), of({ ...row, direction: 'both' })).rows).toEqual([
      { ...row, kind: 'changed', changes: [{ property: 'direction', from: 'to-connectwise', to: 'both' }] },
    ])
  })

  it('names the row that went, came or changed, and what of it', () => {
    fc.assert(
      fc.property(document, fc.nat(), (one, at) => {
        const place = at % one.fields.length
        const added = mappingDocument.parse({
          ...one,
          fields: [...one.fields, { ...one.fields[place], salesforce: '~new', connectwise: '~new' }],
        })
        expect(diffMappings(one, added).rows).toMatchObject([{ kind: 'added', salesforce: '~new' }])
        expect(diffMappings(added, one).rows).toMatchObject([{ kind: 'removed', salesforce: '~new' }])
        const noted = one.fields.map((field, index) => (index === place ? { ...field, note: '~changed' } : field))
        expect(diffMappings(one, { ...one, fields: noted }).rows).toMatchObject([
          { kind: 'changed', changes: [{ property: 'note', to: '~changed' }] },
        ])
      }),
      runs,
    )
  })
})
