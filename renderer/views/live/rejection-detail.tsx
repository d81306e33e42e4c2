import { ActionIcon } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showSize, showTime } from '#renderer/parts/time-format.ts'
import { count } from '#renderer/state/wording.ts'
import type { Rejection } from '#shared/domain/event.ts'
import styles from './rejection-list.module.css'

/** One refused request: why, and what was sent. */
export function RejectionDetail({ rejection, onClose }: { rejection: Rejection; onClose: () => void }) {
  const { code, count: many, excerpt, headers, id, receivedAt, remoteAddress, sentence, size, status } = rejection
  return (
    <section className={styles.detail} aria-label={`Rejection ${id}`}>
      <header className={styles.head}>
        <h2>{sentence}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the rejection" onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      <KeyValues
        rows={[
          ['When', showTime.both(receivedAt)],
          ...(many > 1 ? [['In this minute', count(many, 'request')] as const] : []),
          ['Answered', `HTTP ${status} (${code})`],
          ['From address', remoteAddress ?? 'not known'],
          ['Size', showSize(size)],
          ...Object.entries(headers),
        ]}
      />
      {excerpt !== '' && <TextView text={excerpt} />}
    </section>
  )
}
