import { app, Menu, type BrowserWindow } from 'electron'
import { contextItems } from './context-items.ts'

export function offerContextMenu(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('context-menu', (_event, params) => {
    const inspect = { label: 'Inspect', click: () => webContents.inspectElement(params.x, params.y) }
    const items = [...contextItems(params), ...(app.isPackaged ? [] : [inspect])]
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}
