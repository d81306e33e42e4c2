/** Scales of a screen for which the icon beside the clock has a picture of its own, with what Electron looks for at the end of its name. */
export const trayScales = [
  { scale: 1, suffix: '' },
  { scale: 1.25, suffix: '@1.25x' },
  { scale: 1.5, suffix: '@1.5x' },
  { scale: 2, suffix: '@2x' },
] as const

/** Points of the icon on a screen of scale 1. */
export const trayPoints = 16
