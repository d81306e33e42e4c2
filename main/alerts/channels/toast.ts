import type { Toast } from '#shared/domain/notification.ts'
import { cut, sent, type ChannelSender } from './channel.ts'

/** Characters that a desktop shows of a message. */
const mostBody = 500

/** A message on this computer: `show` pushes it to whoever watches now. The console has it in its list in any case. */
export function toastChannel(show: (toast: Toast) => void): ChannelSender {
  return {
    send({ notificationId, reason, severity, title, body, hash }) {
      show({ notificationId, reason, severity, title, body: cut(body, mostBody), hash })
      return Promise.resolve(sent)
    },
  }
}
