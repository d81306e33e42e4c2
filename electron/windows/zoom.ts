import type { BrowserWindow } from 'electron'
import type { PreferenceFile } from '../preferences.ts'

/** Sizes of the page to step through; 1 is as designed. */
const steps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]

/** The size after `zoom` in that direction; 'reset' is the one as designed. */
export function nextZoom(zoom: number, direction: 'in' | 'out' | 'reset'): number {
  if (direction === 'reset') return 1
  const further =
    direction === 'in' ? steps.filter((step) => step > zoom) : steps.filter((step) => step < zoom).reverse()
  return further[0] ?? zoom
}

/** Zooms a window and remembers it. */
export function zoomWindow(
  window: BrowserWindow,
  preferences: PreferenceFile,
  direction: 'in' | 'out' | 'reset',
): void {
  const zoom = nextZoom(preferences.now.zoom, direction)
  preferences.change({ zoom })
  window.webContents.setZoomFactor(zoom)
}

/** Shows the page in the size that was chosen last, and follows Ctrl with the wheel. */
export function followZoom(window: BrowserWindow, preferences: PreferenceFile): void {
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(preferences.now.zoom))
  window.webContents.on('zoom-changed', (_event, direction) => zoomWindow(window, preferences, direction))
}
