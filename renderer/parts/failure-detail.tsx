import { CopyButton } from './copy-button.tsx'
import { Disclosure } from './disclosure.tsx'
import styles from './failure-detail.module.css'

/** What is known of a failure beyond its sentence; unfolds on request, to be copied for somebody who helps. */
export function FailureDetail({ text }: { text: string }) {
  return (
    <div className={styles.detail}>
      <Disclosure title="Details" aside={<CopyButton text={text} what="the details" />}>
        {() => <FailureText text={text} />}
      </Disclosure>
    </div>
  )
}

function FailureText({ text }: { text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard
    <pre className={styles.text} tabIndex={0}>
      {text}
    </pre>
  )
}
