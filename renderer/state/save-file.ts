/** Has the browser, or the window, save a text as a file; it asks where, or takes its folder for downloads. */
export function saveFile(fileName: string, text: string, contentType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: contentType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has its own hold on the text by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
