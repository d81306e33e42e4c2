import { Notification } from 'electron'
import type { PreferenceFile } from '../preferences.ts'
import type { RelayWatch } from '../relay/relay-watch.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { isQuiet } from './quiet-hours.ts'
import { ToastDesk } from './toast-desk.ts'

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

/** Passes on the relay's toasts while nobody looks at the window, which shows them itself, and outside of quiet hours. */
export function passOnToasts(
  watch: RelayWatch,
  preferences: PreferenceFile,
  window: MainWindow,
  show: ShowToast,
): void {
  const isOff = () => !preferences.now.toasts
  const isQuietNow = () => preferences.now.quietHours !== null && isQuiet(preferences.now.quietHours, new Date())
  const desk = new ToastDesk(({ body, hash, title }) => {
    if (!isOff() && window.now?.isFocused() !== true) show(title, body, hash)
  }, isQuietNow)
  watch.onPush((message) => {
    if (message.type === 'toast') desk.take(message.toast)
  })
  setInterval(() => desk.look(), lookEveryMs).unref()
}
