import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Icon } from './icon.tsx'

interface Props {
  /** The text, or a way to get it once it is asked for. */
  readonly text: string | (() => Promise<string>)
  /** Completes "Copy …" for screen readers. */
  readonly what: string
  /** What stands on the button, where "Copy" alone would not tell. */
  readonly label?: string
}

/** Copies a text and says so. */
export function CopyButton({ text, what, label = 'Copy' }: Props) {
  const clipboard = useClipboard({ timeout: 1_500 })
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={clipboard.copied ? `Copied ${what}` : label === 'Copy' ? `Copy ${what}` : `${label}: ${what}`}
      leftSection={<Icon name={clipboard.copied ? 'good' : 'copy'} size={12} />}
      onClick={() => {
        if (typeof text === 'string') clipboard.copy(text)
        else
          void text().then(
            (got) => clipboard.copy(got),
            () => undefined,
          )
      }}
    >
      {clipboard.copied ? 'Copied' : label}
    </Button>
  )
}
