import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeWindow, type Area } from '#electron/windows/window-place.ts'
import { nextZoom } from '#electron/windows/zoom.ts'
import { contextItems } from '#electron/windows/context-items.ts'

const main = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }

it('opens where it stood, on any screen; in the middle of the main one when that screen is gone', () => {
  const last = { x: -1200, y: 40, width: 1000, height: 700, isMaximized: false }
  expect(placeWindow(last, [main, left])).toEqual({ x: -1200, y: 40, width: 1000, height: 700 })
  expect(placeWindow(last, [main])).toEqual({ x: 460, y: 170, width: 1000, height: 700 })
  expect(placeWindow(null, [main])).toEqual({ x: 280, y: 90, width: 1360, height: 860 })
  expect(placeWindow(null, [{ x: 0, y: 0, width: 800, height: 500 }])).toEqual({ x: 0, y: 0, width: 800, height: 500 })
})

it('can always be taken hold of', () => {
  const number = (min: number, max: number) => fc.integer({ min, max })
  const window = fc.record({
    x: number(-5_000, 5_000),
    y: number(-5_000, 5_000),
    width: number(1, 5_000),
    height: number(1, 5_000),
    isMaximized: fc.boolean(),
  })
  const isHeld = (place: Area, screen: Area) =>
    Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x) >= 120 &&
    place.y >= screen.y &&
    place.y + 32 <= screen.y + screen.height
  fc.assert(
    fc.property(window, (last) => {
      const place = placeWindow(last, [main, left])
      expect(isHeld(place, main) || isHeld(place, left)).toBe(true)
    }),
  )
})

it('zooms in steps, and stays at the ends', () => {
  expect([nextZoom(1, 'in'), nextZoom(1, 'out'), nextZoom(1.3, 'in'), nextZoom(3, 'in'), nextZoom(0.5, 'out')]).toEqual(
    [1.1, 0.9, 1.5, 3, 0.5],
  )
  expect(nextZoom(2, 'reset')).toBe(1)
})

it('offers to copy what is chosen, and to paste where one can write', () => {
  const editFlags = {
    canCopy: true,
    canCut: true,
    canDelete: true,
    canEditRichly: false,
    canPaste: true,
    canRedo: false,
    canSelectAll: true,
    canUndo: false,
  }
  const roles = (isEditable: boolean, selectionText: string) =>
    contextItems({ isEditable, selectionText, editFlags }).flatMap(({ enabled, role }) =>
      role && enabled ? [role] : [],
    )
  expect(roles(false, '')).toEqual([])
  expect(roles(false, 'words')).toEqual(['copy', 'selectAll'])
  expect(roles(true, '')).toEqual(['paste', 'selectAll'])
  expect(roles(true, 'words')).toEqual(['cut', 'copy', 'paste', 'selectAll'])
})
