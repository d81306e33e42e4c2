import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'

type What = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>

/** What is offered where somebody clicks with the right button; empty: nothing. */
export function contextItems({ editFlags, isEditable, selectionText }: What): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: editFlags.canCopy && selectionText !== '' }
  const all: MenuItemConstructorOptions = { role: 'selectAll', enabled: editFlags.canSelectAll }
  if (!isEditable) return selectionText === '' ? [] : [copy, all]
  return [
    { role: 'cut', enabled: editFlags.canCut && selectionText !== '' },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { type: 'separator' },
    all,
  ]
}
