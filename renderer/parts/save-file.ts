import { findShell } from '#renderer/client/shell.ts'

/**
 * Hands a text to the person as a file: in the desktop app they choose where, a browser takes its folder for downloads or asks. False when
 * they gave it up.
 */
export async function saveFile(name: string, parts: readonly string[], type = 'text/plain'): Promise<boolean> {
  const shell = findShell()
  if (shell !== null) return (await shell.saveFile({ name, text: parts.join('') })) !== null
  const url = URL.createObjectURL(new Blob([...parts], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return true
}
