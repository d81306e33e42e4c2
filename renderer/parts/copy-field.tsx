import { CopyButton } from './copy-button.tsx'
import styles from './copy-field.module.css'

interface Props {
  readonly text: string
  /** What it is; completes "Copy …" for screen readers. */
  readonly what: string
  /** Shown as it is, over several lines. */
  readonly isLong?: boolean
}

/** A text to be entered elsewhere, with a button that copies it. */
export function CopyField({ text, what, isLong = false }: Props) {
  return (
    <div className={styles.field} data-long={isLong}>
      {isLong ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard
        <pre className={styles.text} tabIndex={0} aria-label={what}>
          {text}
        </pre>
      ) : (
        <code className={styles.text} title={text}>
          {text}
        </code>
      )}
      <CopyButton text={text} what={what} />
    </div>
  )
}
