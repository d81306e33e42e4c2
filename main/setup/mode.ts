/** What decides between window and browser before anything is downloaded. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** null where the system has no such number (Windows). */
  readonly uid: number | null
}

/** Why the desktop window can't be had here, as the end of a sentence; null when it can. */
export function whyHeadless(machine: Machine): string | null {
  if (machine.platform !== 'linux') return null
  if (!machine.env['DISPLAY'] && !machine.env['WAYLAND_DISPLAY']) return 'there is no display'
  // Chromium's sandbox refuses to work for root, and Patchbay does not run without it.
  if (machine.uid === 0) return 'the desktop runtime does not run as root'
  return null
}
