import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedFields } from '#shared/logic/changed-fields.ts'
import { maskBody, maskValues } from '#shared/logic/mask-values.ts'

describe('changed fields', () => {
  it('are told by the way to them', () => {
    const before = { name: 'A', retry: { most: 3, base: 1 }, actions: ['created', 'updated'] }
    const after = { name: 'A', retry: { most: 5, base: 1 }, actions: ['created', 'deleted'], enabled: true }
    expect(changedFields(before, after)).toEqual([
      { field: 'retry.most', from: 3, to: 5 },
      { field: 'actions.2', from: 'updated', to: 'deleted' },
      { field: 'enabled', from: null, to: true },
    ])
  })

  it('are all that differs, and none where nothing does', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.integer()),
        fc.string({ minLength: 1 }),
        (document, name) => {
          expect(changedFields(document, structuredClone(document))).toEqual([])
          const changed = { ...document, [name]: 'another' }
          expect(changedFields(document, changed).length).toBe(1)
        },
      ),
    )
  })

  it('never tell a secret, and of a long text the beginning', () => {
    const [secret, long] = changedFields({ password: 'a', text: '' }, { password: 'b', text: 'x'.repeat(500) })
    expect(secret).toEqual({ field: 'password', from: '[redacted]', to: '[redacted]' })
    expect(String(long?.to).length).toBeLessThan(210)
  })
})

describe('masked values', () => {
  it('keep the shape and none of the content', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, unit: 'grapheme-ascii' }), fc.integer({ min: 1_000 }), (text, number) => {
        const masked = JSON.stringify(
          maskValues({ Name: `~${text}`, Amount: number, Tags: [`~${text}`], Open: true, No: null }),
        )
        expect(masked).not.toContain(`~`)
        expect(masked).not.toContain(String(number))
        expect(masked).toContain('"Open":true')
      }),
    )
  })

  it('are taken out of a body, whatever it is', () => {
    expect(maskBody('{"Email":"jo@acme.test"}')).toBe('{"Email":"‹text, 12 characters›"}')
    expect(maskBody('<Email>jo@acme.test</Email>')).toBe('‹27 characters›')
    expect(maskBody(null)).toBeNull()
  })
})
