import * as z from 'zod'

/** Numbers the store hands out in order; a larger id was stored later. */
export const eventId = z.number().int().positive().brand<'EventId'>()
export type EventId = z.infer<typeof eventId>

export const deliveryId = z.number().int().positive().brand<'DeliveryId'>()
export type DeliveryId = z.infer<typeof deliveryId>

export const attemptId = z.number().int().positive().brand<'AttemptId'>()
export type AttemptId = z.infer<typeof attemptId>

export const linkId = z.number().int().positive().brand<'LinkId'>()
export type LinkId = z.infer<typeof linkId>

export const replayId = z.number().int().positive().brand<'ReplayId'>()
export type ReplayId = z.infer<typeof replayId>

/** Short names people chose or shipped with Patchbay: they stand in URLs, so letters, digits and dashes only. */
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and dashes')

export const sourceId = slug.brand<'SourceId'>()
export type SourceId = z.infer<typeof sourceId>

export const connectionId = slug.brand<'ConnectionId'>()
export type ConnectionId = z.infer<typeof connectionId>

export const routeId = slug.brand<'RouteId'>()
export type RouteId = z.infer<typeof routeId>

export const mappingId = slug.brand<'MappingId'>()
export type MappingId = z.infer<typeof mappingId>

export const alertId = z.number().int().positive().brand<'AlertId'>()
export type AlertId = z.infer<typeof alertId>

export const notificationId = z.number().int().positive().brand<'NotificationId'>()
export type NotificationId = z.infer<typeof notificationId>

export const alertRuleId = slug.brand<'AlertRuleId'>()
export type AlertRuleId = z.infer<typeof alertRuleId>

export const channelId = slug.brand<'ChannelId'>()
export type ChannelId = z.infer<typeof channelId>
