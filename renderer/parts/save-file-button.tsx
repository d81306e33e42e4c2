import { Button } from '@mantine/core'
import { useAction } from '#renderer/state/use-action.ts'
import { Icon } from './icon.tsx'
import { saveFile } from './save-file.ts'

interface Props {
  readonly fileName: string
  readonly text: string
  readonly label?: string
}

/** Saves a text as a file. */
export function SaveFileButton({ fileName, text, label = 'Save' }: Props) {
  const [run, busy] = useAction()
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${label} ${fileName}`}
      leftSection={<Icon name="save" size={12} />}
      loading={busy}
      onClick={() => void run('The file could not be saved.', () => saveFile(fileName, [text]))}
    >
      {label}
    </Button>
  )
}
