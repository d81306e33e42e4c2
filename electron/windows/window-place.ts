import type { Preferences } from '../preferences.ts'

/** A stretch of the desktop, in points. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest window in which the console can be worked with, and the first one. */
export const leastSize = { width: 880, height: 560 }
const firstSize = { width: 1360, height: 860 }

/** Of the window's top edge at least this much has to be on a screen, or nobody could take hold of it (points). */
const grip = { width: 120, height: 32 }

/**
 * Where the window opens: where it stood last, made to fit, as long as one can take hold of it there; a screen may have been unplugged
 * since. Else in the middle of the first screen.
 *
 * @param screens the parts of the screens that programs may use, the main one first
 */
export function placeWindow(last: Preferences['window'], screens: readonly Area[]): Area {
  const [main] = screens
  if (main === undefined) return { x: 0, y: 0, ...firstSize }
  if (last !== null) {
    const places = screens.map((screen) => ({ screen, place: { x: last.x, y: last.y, ...sizeFor(last, screen) } }))
    const found = places.find(({ place, screen }) => isWithinReach(place, screen))
    if (found !== undefined) return found.place
  }
  const { height, width } = sizeFor(last, main)
  const x = Math.round(main.x + (main.width - width) / 2)
  const y = Math.round(main.y + (main.height - height) / 2)
  return { x, y, width, height }
}

/** The size that was chosen last, or the first one, as far as the screen has room for it. */
function sizeFor(last: Preferences['window'], screen: Area): Pick<Area, 'width' | 'height'> {
  const { height, width } = last ?? firstSize
  return { width: fit(width, leastSize.width, screen.width), height: fit(height, leastSize.height, screen.height) }
}

function isWithinReach(window: Area, screen: Area): boolean {
  const left = Math.max(window.x, screen.x)
  const right = Math.min(window.x + window.width, screen.x + screen.width)
  const isTopOnScreen = window.y >= screen.y && window.y + grip.height <= screen.y + screen.height
  return right - left >= grip.width && isTopOnScreen
}

/** A screen smaller than `least` gets all it has. */
function fit(wanted: number, least: number, most: number): number {
  return Math.min(Math.max(wanted, least), most)
}
