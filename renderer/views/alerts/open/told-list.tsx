import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { notificationWording, reasonWords } from '#renderer/state/alerts/alert-words.ts'
import { useChannels } from '#renderer/state/alerts/use-alerts.ts'
import { count } from '#renderer/state/wording.ts'
import type { Notification } from '#shared/domain/notification.ts'
import styles from './told-list.module.css'

/** Who was told what, by which way, and whether it arrived. */
export function ToldList({ notifications }: { notifications: readonly Notification[] }) {
  const channels = useChannels().value ?? []
  if (notifications.length === 0) {
    return (
      <p className={styles.nobody}>
        Nobody yet. A rule tells those whose <a href={channelAddress()}>channels</a> it names; without one, the console
        alone shows its alerts.
      </p>
    )
  }
  return (
    <ul className={styles.list} aria-label="Messages">
      {notifications.map((one) => (
        <li key={one.id} className={styles.message}>
          <div className={styles.head}>
            <a href={channelAddress(one.channelId)}>
              {channels.find(({ channel }) => channel.id === one.channelId)?.channel.name ?? one.channelId}
            </a>
            <span className={styles.soft}>{reasonWords[one.reason]}</span>
            <StateBadge wording={notificationWording[one.state]} />
          </div>
          <p className={styles.soft}>{one.title}</p>
          <p className={styles.soft}>
            <When notification={one} />
          </p>
          {one.failure !== null && one.state !== 'sent' && <p className={styles.failure}>{one.failure}</p>}
        </li>
      ))}
    </ul>
  )
}

function When({ notification: { attempts, madeAt, nextAt, sentAt, state } }: { notification: Notification }) {
  const tries = attempts > 1 ? ` after ${count(attempts, 'try', 'tries')}` : ''
  if (state === 'sent' && sentAt !== null) {
    return (
      <>
        arrived <Time at={sentAt} />
        {tries}
      </>
    )
  }
  if (state === 'waiting' && nextAt !== null) {
    return (
      <>
        {attempts === 0 ? 'waits until' : 'is tried again'} <Time at={nextAt} />
        {tries}
      </>
    )
  }
  return (
    <>
      made <Time at={madeAt} />
      {state === 'failed' && tries.replace('after', 'given up after')}
    </>
  )
}
