import { countOpenFor, findAlert, type StoredAlert } from '#main/store/alerts.ts'
import { addNotification, lastHeard, takeWithheld, type Message } from '#main/store/notifications.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertId, ChannelId } from '#shared/domain/ids.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { reasonByNow, reasonOf, textOf, textOfStorm, type Told } from './message-text.ts'
import { nextMessage } from './storm.ts'

/** What people are to hear of an alert, as it is now. */
export interface News {
  readonly alert: StoredAlert
  readonly reason: NotificationReason
  /** Not to be told before (ms since 1970). */
  readonly notBefore: number
}

/** Whom a message goes to. */
interface Ear {
  readonly channelId: ChannelId
  readonly severity: Message['severity']
}

/**
 * Has people told: all that came at once is one notification for each channel and severity.
 *
 * What waits for the end of the same quiet hours, or for the next message of a storm, is taken up and told with it, as it is by now; an
 * alert that came and went meanwhile is one sentence.
 */
export function tellNews(tx: Transaction, news: readonly News[], now: number): void {
  const orders = news.flatMap((one) => one.alert.rule.channels.map((channelId) => ({ ...one, channelId })))
  const groups = Map.groupBy(
    orders,
    ({ alert, channelId, notBefore }) => `${channelId} ${alert.rule.severity} ${notBefore}`,
  )
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined) continue
    const ear: Ear = { channelId: first.channelId, severity: first.alert.rule.severity }
    const isQuiet = first.notBefore > now
    const { at, isStorm } = isQuiet
      ? { at: first.notBefore, isStorm: false }
      : nextMessage(lastHeard(tx, ear, now), now)
    const withheld = at > now ? takeWithheld(tx, ear, at) : []
    const told = together(tx, group, withheld)
    const { reason, text } = composed(tx, ear, told, isStorm)
    addNotification(tx, {
      channelId: ear.channelId,
      reason,
      alertIds: told.map(({ alert }) => alert.id),
      message: { severity: ear.severity, ...text },
      madeAt: now,
      notBefore: at,
    })
  }
}

/** What was withheld and what is new, each alert once and in its newest state. */
function together(tx: Transaction, news: readonly Told[], withheld: readonly AlertId[]): Told[] {
  const known = new Set<AlertId>(news.map(({ alert }) => alert.id))
  const before = withheld.filter((id) => !known.has(id)).flatMap((id) => findAlert(tx, id) ?? [])
  return [...before.map((alert): Told => ({ alert, reason: reasonByNow(alert) })), ...news]
}

/** What a message about these alerts says, and why it is sent. */
export function composed(tx: Transaction, { channelId, severity }: Ear, told: readonly Told[], isStorm: boolean) {
  if (!isStorm) return { reason: reasonOf(told), text: textOf(told) }
  const open = countOpenFor(tx, channelId, severity)
  return { reason: open === 0 ? ('all-clear' as const) : ('storm' as const), text: textOfStorm(told, open) }
}
