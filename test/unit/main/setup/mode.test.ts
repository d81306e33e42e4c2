import { describe, expect, it } from 'vitest'
import { whyHeadless } from '#main/setup/mode.ts'

describe('whyHeadless', () => {
  const desk = { platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 } as const

  it.each([
    ['X11', desk],
    ['Wayland', { ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['Windows, which has no such variables', { platform: 'win32', env: {}, uid: null } as const],
    ['macOS', { platform: 'darwin', env: {}, uid: 501 } as const],
  ])('finds nothing against a window on %s', (_where, machine) => {
    expect(whyHeadless(machine)).toBeNull()
  })

  it('names a missing display', () => {
    expect(whyHeadless({ ...desk, env: { DISPLAY: '' } })).toBe('there is no display')
  })

  it('names root, for whom Chromium has no sandbox', () => {
    expect(whyHeadless({ ...desk, uid: 0 })).toContain('root')
  })
})
