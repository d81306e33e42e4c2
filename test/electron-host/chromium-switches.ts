/**
 * What a Chromium has to be started with to serve as Electron's windows. Electron tells a page when the other end of one of its ports is gone;
 * Chromium can, but does so only when it is asked to.
 */
export const windowSwitches: readonly string[] = ['--enable-blink-features=MessagePortCloseEvent']
