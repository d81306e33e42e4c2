import type { Page } from '@playwright/test'

/** The desktop app at work, and what can be done to it on the stand-in and on Electron itself alike. */
export interface DesktopApp {
  /** Resolves with the code that the app ended with. */
  readonly ended: Promise<number | null>
  /** The page of its window, once there is one. */
  window(): Promise<Page>
  /** null before there is one. */
  windowSeen(): Promise<{ readonly isVisible: boolean } | null>
  closeWindow(): Promise<unknown>
  relayPids(): Promise<number[]>
  power(event: 'suspend' | 'resume'): Promise<unknown>
  /** Does it keep the machine from falling asleep by itself? */
  keepsAwake(): Promise<boolean>
  /** By a person, once; resolves when that was taken note of. */
  quit(): Promise<unknown>
  /** Quits, and answers with the code; also when it has ended already. */
  close(): Promise<number | null>
}
