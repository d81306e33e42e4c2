/** Has the browser save a text as a file, as it does with a download. */
export function saveFile(name: string, parts: readonly string[], type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
