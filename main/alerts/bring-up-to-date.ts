import { addAlertStep, findAlert, noteUntold, wasAcknowledged } from '#main/store/alerts.ts'
import { recordBegun, type DueNotification } from '#main/store/notification-queue.ts'
import { dropNotification, mentionsOf, rewriteNotification, type Mentions } from '#main/store/notifications.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertState } from '#shared/domain/alert.ts'
import { isOfStorm } from '#shared/domain/notification.ts'
import { reasonByNow, type Told } from './message-text.ts'
import { composed } from './tell.ts'

const minuteMs = 60_000

/** What counts for whether a message that has waited still has to tell of an alert. */
export interface Standing extends Mentions {
  readonly state: AlertState
  /** Since it was opened or reopened. */
  readonly isAcknowledged: boolean
}

/** Not what a later message tells, nor what somebody took care of before people heard of it. */
export function isStillNews({ state, isAcknowledged, isToldLater, isToldBefore }: Standing): boolean {
  if (isToldLater || state === 'acknowledged') return false
  return state === 'open' || !isAcknowledged || isToldBefore
}

/**
 * A message whose turn has come, as it is to go out, and from then on taken for one that may have arrived; null: nothing is left to tell. To be
 * committed before it is sent.
 */
export function begin(tx: Transaction, one: DueNotification, now: number): DueNotification | null {
  const fresh = hasWaited(one, now) ? upToDate(tx, one, now) : one
  if (fresh !== null) recordBegun(tx, one.id)
  return fresh
}

/** Whether things may have changed since a message was written. One that was begun may have arrived, and stays as it is. */
function hasWaited({ madeAt, isBegun, alertIds }: DueNotification, now: number): boolean {
  return now - madeAt >= minuteMs && !isBegun && alertIds.length > 0
}

/**
 * A message that waited for the end of quiet hours, of a storm or of a channel's trouble, as it has to be by now; null: nothing is left to
 * tell, and it is gone.
 */
function upToDate(tx: Transaction, one: DueNotification, now: number): DueNotification | null {
  const told = one.alertIds.flatMap((id): Told[] => {
    const alert = findAlert(tx, id)
    if (alert === null) return []
    const standing = { state: alert.life.state, isAcknowledged: wasAcknowledged(tx, id), ...mentionsOf(tx, one, id) }
    if (isStillNews(standing)) return [{ alert, reason: reasonFor(one, alert.life.state) ?? reasonByNow(alert) }]
    if (standing.isAcknowledged && !standing.isToldLater) {
      const note = 'Somebody had acknowledged it before its message went out.'
      addAlertStep(tx, id, { at: now, what: 'suppressed', who: null, note, value: alert.life.value })
      noteUntold(tx, id, one.id)
    }
    return []
  })
  if (told.length === 0) {
    dropNotification(tx, one.id)
    return null
  }
  const { severity } = one.message
  const { reason, text } = composed(tx, { channelId: one.channelId, severity }, told, isOfStorm(one.reason))
  const fresh = { reason, message: { severity, ...text }, alertIds: told.map(({ alert }) => alert.id) }
  rewriteNotification(tx, one.id, fresh)
  return { ...one, ...fresh }
}

/** A reminder of what is still open stays one. */
function reasonFor({ reason }: DueNotification, state: AlertState): 'reminder' | null {
  return reason === 'reminder' && state === 'open' ? reason : null
}
