import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Icon } from './icon.tsx'

/** Copies a text and says so. `what` completes "Copy …" for screen readers. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const clipboard = useClipboard({ timeout: 1_500 })
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={clipboard.copied ? `Copied ${what}` : `Copy ${what}`}
      leftSection={<Icon name={clipboard.copied ? 'good' : 'copy'} size={12} />}
      onClick={() => clipboard.copy(text)}
    >
      {clipboard.copied ? 'Copied' : 'Copy'}
    </Button>
  )
}
