import { ActionIcon } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { showTime } from '#renderer/parts/time-format.ts'
import { deedOf, doerOf } from '#renderer/state/audit-words.ts'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { changedFieldWords, changedValueWords } from './changed-field-words.ts'
import styles from './audit-section.module.css'

/** One deed with every field that it changed. */
export function AuditDetail({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  return (
    <section className={styles.detail} aria-label={`Audit entry ${entry.id}`}>
      <header className={styles.head}>
        <h2>
          {deedOf(entry)}: {entry.subject}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the entry" onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      <p className={styles.soft}>
        {doerOf(entry)} · {showTime.both(entry.at)}
      </p>
      {entry.detail !== '' && <p className={styles.text}>{entry.detail}</p>}
      {entry.changes.length === 0 ? (
        entry.detail === '' && <p className={styles.soft}>No more is kept of it.</p>
      ) : (
        <ul className={styles.changes}>
          {entry.changes.map(({ field, from, to }) => (
            <li key={field}>
              <span className={styles.soft}>{changedFieldWords(field)}</span>
              <del>{changedValueWords(field, from)}</del> <ins>{changedValueWords(field, to)}</ins>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
