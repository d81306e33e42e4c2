import type { Toast } from '#shared/domain/notification.ts'
import { findShell } from '#renderer/client/shell.ts'
import { goTo } from './console-context.ts'
import type { NoticesSlice } from './notices-slice.ts'

/** Whether the browser may show notifications while the page is not in sight; `none`: it has none to show. */
export type ToastPermission = NotificationPermission | 'none'

export function toastPermission(): ToastPermission {
  return typeof Notification === 'undefined' ? 'none' : Notification.permission
}

/** Asks the person; a browser asks but once, and takes no second question after a no. */
export async function askToastPermission(): Promise<ToastPermission> {
  return typeof Notification === 'undefined' ? 'none' : Notification.requestPermission()
}

/**
 * Shows what the relay has to say to whoever sits in front of it: as a notice in the console, and, should nobody see the page and the person
 * have allowed it, as a notification of the browser. A click on either lands on what failed. In the desktop app the shell does the latter.
 */
export function showToast(toast: Toast, notices: Pick<NoticesSlice, 'toast'>): void {
  notices.toast(toast)
  if (findShell() !== null || toastPermission() !== 'granted' || !document.hidden) return
  // The tag keeps several tabs of the console from saying the same thing one after the other.
  const { body, hash, notificationId, title } = toast
  const shown = new Notification(title, { body, tag: `patchbay-${notificationId}`, icon: './icon.svg' })
  shown.addEventListener('click', () => {
    window.focus()
    goTo(hash)
    shown.close()
  })
}
