import { Button } from '@mantine/core'
import { Icon } from './icon.tsx'

interface Props {
  readonly fileName: string
  readonly text: string
  readonly label?: string
}

/** Saves a text as a file, by the browser's own way to do so. */
export function SaveFileButton({ fileName, text, label = 'Save' }: Props) {
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${label} ${fileName}`}
      leftSection={<Icon name="save" size={12} />}
      onClick={() => saveFile(fileName, text)}
    >
      {label}
    </Button>
  )
}

function saveFile(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has taken hold of the text by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
