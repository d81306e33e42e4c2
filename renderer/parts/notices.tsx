import { Anchor, Button, Notification } from '@mantine/core'
import { useEffect } from 'react'
import { useConsole } from '../state/console-context.ts'
import type { Notice } from '../state/notices-slice.ts'
import { Icon } from './icon.tsx'
import styles from './notices.module.css'

/** How long good news stay, and those that can be taken back; bad news stay until they are dismissed. */
const stayMs = 7_000
/** Where something can be taken back, there is more time to think of it. */
const stayWithActionMs = 10_000

/** What actions led to, in a corner; read out by screen readers. */
export function Notices() {
  const list = useConsole((state) => state.notices.list)
  return (
    <div className={styles.corner} role="status" aria-live="polite">
      {list.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeCard({ notice }: { notice: Notice }) {
  const dismiss = useConsole((state) => state.notices.dismiss)
  useEffect(() => {
    if (notice.tone === 'bad') return
    const timer = setTimeout(() => dismiss(notice.id), notice.action ? stayWithActionMs : stayMs)
    return () => clearTimeout(timer)
  }, [notice, dismiss])
  return (
    <Notification
      withBorder
      color={notice.tone === 'good' ? 'teal' : 'red'}
      icon={<Icon name={notice.tone} size={16} />}
      closeButtonProps={{ 'aria-label': 'Dismiss' }}
      onClose={() => dismiss(notice.id)}
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
    </Notification>
  )
}
