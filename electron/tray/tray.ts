import { join } from 'node:path'
import { app, Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { RelaySide } from '../relay/relay-side.ts'
import type { RelayWatch } from '../relay/relay-watch.ts'
import type { MainWindow } from '../windows/main-window.ts'
import type { HealthBoard } from '../relay/health-board.ts'
import { trayLook, type TrayFace, type TrayLook } from './tray-look.ts'

export interface TrayPorts {
  readonly relay: RelaySide
  readonly watch: RelayWatch
  readonly health: HealthBoard
  readonly window: MainWindow
  /** Something that was ordered in the menu could not be done. */
  readonly onFailed: (sentence: string) => void
}

/** The icon in the task bar's corner: how the relay is, and what is wanted most. Also marks the window's own button. */
export function showTray(ports: TrayPorts): void {
  const { health, relay, window } = ports
  const tray = new Tray(pictureOf('stopped'))
  let shown = ''
  const draw = () => {
    const look = trayLook(relay.status, health.now)
    const key = JSON.stringify(look)
    // The relay pushes ten times a second at most; a menu that somebody has open must not be replaced that often.
    if (key === shown) return
    shown = key
    tray.setImage(pictureOf(look.face))
    tray.setToolTip(look.tooltip)
    tray.setContextMenu(menuOf(look, ports))
    mark(window, look)
  }
  tray.on('click', () => window.show())
  relay.onStatus(draw)
  health.onChange(draw)
  draw()
}

function menuOf(look: TrayLook, { onFailed, watch, window }: TrayPorts): Menu {
  const order = (sentence: string, run: () => Promise<unknown> | undefined) => () => {
    const done = run() ?? Promise.reject(new Error('The relay can’t be reached at the moment.'))
    done.catch((thrown: unknown) => onFailed(`${sentence} ${thrown instanceof Error ? thrown.message : ''}`))
  }
  const everything = { scope: 'everything' } as const
  const pause = () => watch.calls?.pauses.set({ ...everything, reason: 'Paused from the icon in the task bar' })
  return Menu.buildFromTemplate([
    { label: look.tooltip, enabled: false },
    { type: 'separator' },
    { label: 'Open Patchbay', click: () => window.show() },
    look.isPaused
      ? {
          label: resumeLabel(look),
          click: order('It could not be resumed.', () => watch.calls?.pauses.clear(everything)),
        }
      : { label: 'Pause everything', enabled: look.canPause, click: order('It could not be paused.', pause) },
    {
      label: look.open === 0 ? 'Last failures' : `Last failures (${look.open})`,
      click: () => window.show('#/failures'),
    },
    { type: 'separator' },
    { label: 'Quit Patchbay', click: () => app.quit() },
  ])
}

/** A menu can't ask back, so that what will go out stands in it. */
function resumeLabel({ waiting }: TrayLook): string {
  return waiting === 0 ? 'Resume' : `Resume: ${waiting.toLocaleString('en')} go${waiting === 1 ? 'es' : ''} out`
}

/** On Windows a sign over the window's button, elsewhere a number on the app's. */
function mark(window: MainWindow, { face, open, tooltip }: TrayLook): void {
  const needsSign = face === 'failing' || face === 'paused' || face === 'stopped'
  if (process.platform === 'win32') window.now?.setOverlayIcon(needsSign ? pictureOf(face) : null, tooltip)
  else app.setBadgeCount(open)
}

/** Electron finds those for other scales of the screen beside it, by their names. */
function pictureOf(face: TrayFace): NativeImage {
  return nativeImage.createFromPath(join(import.meta.dirname, `tray/${face}.png`))
}
