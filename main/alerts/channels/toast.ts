import type { ChannelId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import { cut, sent, type ChannelSender } from './channel.ts'

/** Characters that a desktop shows of a message. */
const mostBody = 500

/**
 * A message on this computer: `show` pushes it to whoever watches now. The console has it in its list in any case. Whoever follows it wants to
 * see what failed, so it leads there, and to the alert only where nothing lists that.
 */
export function toastChannel(channelId: ChannelId, show: (toast: Toast) => void): ChannelSender {
  return {
    send({ notificationId, reason, alertIds, severity, title, body, hash, place }) {
      const leadsTo = place === undefined ? hash : placeAddress(place)
      show({
        notificationId,
        channelId,
        reason,
        severity,
        title,
        body: cut(body, mostBody),
        alertIds: [...alertIds],
        hash: leadsTo,
      })
      return Promise.resolve(sent)
    },
  }
}
