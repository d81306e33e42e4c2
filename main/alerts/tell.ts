import { countUnresolvedFor, findAlert, type StoredAlert } from '#main/store/alerts.ts'
import { addNotification, lastHeard, takeWithheld, type Ear } from '#main/store/notifications.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertId } from '#shared/domain/ids.ts'
import type { NotificationReason } from '#shared/domain/notification.ts'
import { reasonByNow, reasonOf, textOf, type Told } from './message-text.ts'
import { quietUntil } from './quiet-hours.ts'
import { nextMessage } from './storm.ts'
import { reasonOfStorm, textOfStorm } from './storm-text.ts'

/** What people are to hear of an alert, as it is now. */
export interface News {
  readonly alert: StoredAlert
  readonly reason: NotificationReason
  /** Not to be told before (ms since 1970). */
  readonly notBefore: number
}

/**
 * Has people told: all that came at once is one notification for each channel and severity.
 *
 * What waits for the end of the same quiet hours, or for the next message of a storm, is taken up and told with it, as it is by now; an
 * alert that came and went meanwhile is one sentence.
 */
export function tellNews(tx: Transaction, news: readonly News[], now: number): void {
  const orders = news.flatMap((one) => one.alert.rule.channels.map((channelId) => ({ ...one, channelId })))
  const groups = Map.groupBy(orders, ({ alert, channelId }) => `${channelId} ${alert.rule.severity}`)
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined) continue
    const ear: Ear = { channelId: first.channelId, severity: first.alert.rule.severity }
    const next = nextMessage(lastHeard(tx, ear, now), now)
    for (const [at, some] of Map.groupBy(group, (one) => timeOf(one, next.at, now))) {
      const withheld = at > now ? takeWithheld(tx, ear, at) : []
      const told = together(tx, some, withheld)
      const { reason, text } = composed(tx, ear, told, next.isStorm && at === next.at)
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
}

/** When news may go: with the next message, or at the end of the quiet hours of its rule that it comes in or that this one would go in. */
function timeOf({ alert, notBefore }: News, next: number, now: number): number {
  return notBefore > now ? notBefore : (quietUntil(alert.rule.quietHours, next) ?? next)
}

/** What was withheld and what is new, each alert once and in its newest state. */
function together(tx: Transaction, news: readonly Told[], withheld: readonly AlertId[]): Told[] {
  const known = new Set<AlertId>(news.map(({ alert }) => alert.id))
  const before = withheld.filter((id) => !known.has(id)).flatMap((id) => findAlert(tx, id) ?? [])
  return [...before.map((alert): Told => ({ alert, reason: reasonByNow(alert) })), ...news]
}

/** What a message about these alerts says, and why it is sent. */
export function composed(tx: Transaction, ear: Ear, told: readonly Told[], isStorm: boolean) {
  if (!isStorm) return { reason: reasonOf(told), text: textOf(told) }
  const left = countUnresolvedFor(tx, ear.channelId, ear.severity)
  return { reason: reasonOfStorm(told, left), text: textOfStorm(told, ear.severity, left) }
}
