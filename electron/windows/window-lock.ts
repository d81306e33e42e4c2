import { app, session, type WebContents } from 'electron'
import { openWebPage } from '../open-web-page.ts'
import { isOwnPage } from './navigation-guard.ts'

/** What our own page may ask of Chromium: the copy buttons, and notices of the page's own. */
const permissions: readonly string[] = ['clipboard-sanitized-write', 'notifications']

/** Locks in whatever page may ever come to be in this app, not only the main window's. */
export function lockPages(): void {
  app.on('web-contents-created', (_event, contents) => lock(contents))
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permissions.includes(permission) && isOwnPage(requestingUrl)),
  )
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => permissions.includes(permission) && isOwnPage(origin),
  )
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** The page goes nowhere else, opens no further window, and holds no guest. Web pages open in the desktop's browser. */
function lock(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openWebPage(url)
    return { action: 'deny' }
  })
}
