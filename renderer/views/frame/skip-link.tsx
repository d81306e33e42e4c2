import { focusContent } from './use-arrival.ts'
import styles from './skip-link.module.css'

/** The first stop of the keyboard: leads past the rail and the header. In sight while it has the focus. */
export function SkipLink() {
  return (
    <button type="button" className={styles.skip} onClick={focusContent}>
      Skip to the content
    </button>
  )
}
