import { Notification } from 'electron'
import type { PreferenceFile } from '../preferences.ts'
import type { HealthBoard } from '../relay/health-board.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { IssueDesk } from './issue-desk.ts'
import { issuesFromHealth } from './issues-from-health.ts'
import { isQuiet } from './quiet-hours.ts'

/** ms between looks whether quiet hours are over. */
const lookEveryMs = 60_000

/** Shows one toast of the operating system; a click leads to a place of the console. */
export type ShowToast = (title: string, body: string, hash: string | null) => void

export function toastsFor(window: MainWindow): ShowToast {
  // One that nobody refers to can be collected as garbage, and its click is never heard.
  const shown = new Set<Notification>()
  return (title, body, hash) => {
    if (!Notification.isSupported()) return
    const toast = new Notification({ title, body })
    shown.add(toast)
    toast.on('click', () => {
      shown.delete(toast)
      window.show(hash)
    })
    toast.on('close', () => shown.delete(toast))
    toast.show()
  }
}

/** Tells of what is wrong while nobody looks at the window, outside of quiet hours. */
export function tellOfIssues(
  health: HealthBoard,
  preferences: PreferenceFile,
  window: MainWindow,
  show: ShowToast,
): void {
  const isHeldBack = () => {
    const { quietHours, toasts } = preferences.now
    return !toasts || (quietHours !== null && isQuiet(quietHours, new Date()))
  }
  const desk = new IssueDesk(({ body, hash, title }) => {
    if (window.now?.isFocused() !== true) show(title, body, hash)
  }, isHeldBack)
  let isFirst = true
  health.onChange((now) => {
    const issues = issuesFromHealth(now)
    // Dead letters of yesterday are on the tray and the first screen; a toast at each start would teach people to close it.
    if (isFirst) desk.takeAsKnown(issues.filter(({ key }) => key === 'dead' || key === 'parked'))
    isFirst = false
    desk.take(issues)
  })
  setInterval(() => desk.look(), lookEveryMs).unref()
}
