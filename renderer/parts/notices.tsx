import { Anchor, Button, Notification } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConsole } from '../state/console-context.ts'
import type { Notice } from '../state/notices-slice.ts'
import { FailureDetail } from './failure-detail.tsx'
import { Icon } from './icon.tsx'
import styles from './notices.module.css'

/** How long good news stay, and those that can be taken back; other news stays until it is dismissed. */
const stayMs = 7_000
/** Where something can be taken back, there is more time to think of it. */
const stayWithActionMs = 10_000

const looks = {
  good: { color: 'teal', icon: 'good' },
  bad: { color: 'red', icon: 'bad' },
  note: { color: 'blue', icon: 'bell' },
} as const

/** What actions led to, in a corner; read out by screen readers. */
export function Notices() {
  const list = useConsole((state) => state.notices.list)
  return (
    <div className={styles.corner} role="status" aria-live="polite" aria-label="Notices">
      {list.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeCard({ notice }: { notice: Notice }) {
  const dismiss = useConsole((state) => state.notices.dismiss)
  // Nothing goes away under the hand of somebody who is at it.
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (notice.tone !== 'good' || held) return
    const timer = setTimeout(() => dismiss(notice.id), notice.action ? stayWithActionMs : stayMs)
    return () => clearTimeout(timer)
  }, [notice, dismiss, held])
  return (
    <Notification
      withBorder
      className={styles.notice ?? ''}
      color={looks[notice.tone].color}
      icon={<Icon name={looks[notice.tone].icon} size={16} />}
      closeButtonProps={{ 'aria-label': 'Dismiss' }}
      onClose={() => dismiss(notice.id)}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.sentence}>{notice.sentence}</span>
      {notice.link && (
        <Anchor size="sm" href={notice.link.hash}>
          {notice.link.label}
        </Anchor>
      )}
      {notice.action && (
        <Button
          size="compact-xs"
          variant="default"
          mt={6}
          onClick={() => {
            dismiss(notice.id)
            notice.action?.run()
          }}
        >
          {notice.action.label}
        </Button>
      )}
      {notice.detail !== undefined && <FailureDetail text={notice.detail} />}
    </Notification>
  )
}
