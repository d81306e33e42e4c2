import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '#main/setup/ensure.mjs'
import { theme } from '#renderer/style/theme.ts'

type Tokens = ReadonlyMap<string, string>

const css = readFileSync(join(root, 'renderer/style/tokens.css'), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '')

/** The custom properties of each rule, by its selector. */
const rules = new Map(
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => [
    selector.trim(),
    new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()])),
  ]),
)

const dark = `[data-mantine-color-scheme='dark']`
const tones = ['good', 'busy', 'wait', 'bad', 'quiet']

/** The tokens of a theme, as the cascade leaves them; with `tone`, those inside an element of that tone. */
function tokensOf(theme: 'light' | 'dark', tone?: string): Tokens {
  const inTone = tone === undefined ? [] : [`[data-tone='${tone}']`]
  const selectors = [':root', ...inTone]
  if (theme === 'dark') selectors.push(`:root${dark}`, ...inTone.map((one) => `${dark} ${one}`))
  const found = selectors.map((selector) => rules.get(selector))
  if (found.includes(undefined)) throw new Error(`tokens.css has no rule for one of ${selectors.join(' and ')}`)
  return new Map(found.flatMap((rule) => [...(rule ?? [])]))
}

/** WCAG 2.2: relative luminance. */
function luminance(hex: string): number {
  if (!/^#[\da-f]{6}$/.test(hex)) throw new Error(`${hex} is no colour of six digits`)
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2: contrast ratio, from 1 to 21. */
function contrast(one: string, other: string): number {
  return contrastAt(luminance(one), luminance(other))
}

/** The same of two luminances. */
function contrastAt(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function pairs(inks: readonly string[], fills: readonly string[]): string[][] {
  return inks.flatMap((ink) => fills.map((fill) => [ink, fill]))
}

const surfaces = ['--surface', '--surface-back', '--surface-sunken', '--surface-hover', '--surface-picked']

/** Which text stands on what. */
const textPairs = [
  ...pairs(['--ink', '--ink-soft', '--accent', '--removed-ink', '--added-ink'], surfaces),
  ...pairs(['--code-text', '--code-number'], ['--surface', '--surface-sunken']),
  ...pairs(['--rail-ink'], ['--rail', '--rail-picked']),
  ...pairs(['--sandbox-ink'], ['--sandbox-fill', '--sandbox-stripe']),
  ...['salesforce', 'connectwise', 'removed', 'added'].map((name) => [`--${name}-ink`, `--${name}-fill`]),
  ...pairs(['--ink'], ['--removed-fill', '--added-fill']),
]

it('has white or black on filled buttons, whichever can be read', () => {
  const { luminanceThreshold = 0 } = theme
  const least = [contrastAt(luminanceThreshold, 1), contrastAt(luminanceThreshold, 0)]
  expect(theme.autoContrast).toBe(true)
  expect(Math.min(...least), 'at the threshold itself, where both are at their worst').toBeGreaterThanOrEqual(4.5)
})

it('knows the ratios of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  /** Those of the pairs that fall short, with their ratio. */
  function tooPale(tokens: Tokens, wanted: readonly string[][], least: number): string[] {
    return wanted.flatMap(([ink = '', fill = '']) => {
      const ratio = contrast(tokens.get(ink) ?? `no ${ink}`, tokens.get(fill) ?? `no ${fill}`)
      return ratio < least ? [`${ink} on ${fill} is ${ratio.toFixed(2)}:1`] : []
    })
  }

  it('text stands out from what it is on by 4.5:1', () => {
    expect(tooPale(tokensOf(theme), textPairs, 4.5)).toEqual([])
  })

  it.each(tones)('so does the text of the tone %s, on its fill and on the surfaces', (tone) => {
    const fills = ['--tone-fill', '--surface', '--surface-back', '--surface-sunken', '--surface-hover']
    expect(tooPale(tokensOf(theme, tone), pairs(['--tone-ink'], fills), 4.5)).toEqual([])
  })

  it('the ring around what has the focus stands out by 3:1', () => {
    expect(tooPale(tokensOf(theme), pairs(['--focus'], surfaces), 3)).toEqual([])
  })

  it('every ink is among the pairs', () => {
    const tested = new Set([...textPairs.flat(), '--tone-ink'])
    const inks = [...tokensOf(theme, 'good').keys()].filter((name) => /-ink$|^--ink/.test(name))
    expect(inks.filter((name) => !tested.has(name))).toEqual([])
  })
})
