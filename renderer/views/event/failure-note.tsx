import { Icon } from '#renderer/parts/icon.tsx'
import type { Failure } from '#shared/domain/failure.ts'
import styles from './failure-note.module.css'

const meanings: Record<Failure['class'], string> = {
  transient: 'A passing trouble: Patchbay tries again by itself.',
  limited: 'The other system asked for a pause: Patchbay waits and tries again by itself.',
  auth: 'The sign-in was refused: everything for this connection waits until it works again.',
  permanent: 'Trying again unchanged will not help.',
  dependency: 'Another record has to be there first: Patchbay waits for it.',
  unknown: 'It is not known whether the write took effect: Patchbay looks before it writes again.',
}

/** What went wrong, in a technician's words, and what to do about it. */
export function FailureNote({ failure, tone }: { failure: Failure; tone: 'bad' | 'wait' }) {
  return (
    <div className={styles.note} data-tone={tone}>
      <Icon name={tone} size={15} />
      <div>
        <p className={styles.sentence}>{failure.sentence}</p>
        <p>
          <strong>What to do: </strong>
          {failure.fix ?? meanings[failure.class]}
        </p>
        <p className={styles.code}>
          {failure.code}
          {failure.status !== undefined && ` · HTTP ${failure.status}`}
          {failure.field !== undefined && ` · field ${failure.field}`}
        </p>
      </div>
    </div>
  )
}
