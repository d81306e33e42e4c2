import * as z from 'zod'
import { severity } from './alert-counts.ts'
import { alertId, channelId, notificationId } from './ids.ts'

/**
 * Why somebody is told. `summary`: many at once; `storm`: what came since the last message while so much comes that news is gathered, and
 * `all-clear` the same when nothing of its severity is left to look after.
 */
export const notificationReason = z.enum([
  'opened',
  'reopened',
  'reminder',
  'resolved',
  'summary',
  'storm',
  'all-clear',
  'test',
])
export type NotificationReason = z.infer<typeof notificationReason>

/** Whether somebody is told that something is over. */
export function isGoodNews(reason: NotificationReason): boolean {
  return reason === 'resolved' || reason === 'all-clear'
}

/** Whether a message gathers what came in a stretch of a storm. */
export function isOfStorm(reason: NotificationReason): boolean {
  return reason === 'storm' || reason === 'all-clear'
}

/** One message to one channel: about one alert, or about many at once. */
export const notification = z.object({
  id: notificationId,
  channelId,
  reason: notificationReason,
  alertIds: z.array(alertId),
  title: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  madeAt: z.number(),
  sentAt: z.number().nullable(),
  /** While it waits: for quiet hours to end, or for the next attempt. */
  nextAt: z.number().nullable(),
  /** Why the last attempt failed, in a sentence. */
  failure: z.string().nullable(),
})
export type Notification = z.infer<typeof notification>

/** A message as the console or the desktop shows it. */
export const toast = z.object({
  notificationId,
  channelId,
  reason: notificationReason,
  severity,
  title: z.string(),
  body: z.string(),
  /** What it is about; empty for a test. */
  alertIds: z.array(alertId),
  /** Address within the console that it leads to: the list of what failed, filtered; `#/alerts/12` where there is none. */
  hash: z.string(),
})
export type Toast = z.infer<typeof toast>
