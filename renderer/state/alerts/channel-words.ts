import type { ChannelReport } from '#shared/domain/channel.ts'
import type { Wording } from '../wording.ts'

const off: Wording = { label: 'Off', tone: 'quiet', meaning: 'Nothing is sent this way.' }
const failingNow: Wording = { label: 'Does not arrive', tone: 'bad', meaning: 'The last message could not be sent.' }
const untried: Wording = { label: 'Not tried yet', tone: 'wait', meaning: 'Nothing was sent this way yet: test it.' }
const works: Wording = { label: 'Works', tone: 'good', meaning: 'The last message arrived.' }

/** How a channel does. */
export function channelWording({ channel, failing, lastSentAt }: ChannelReport): Wording {
  if (!channel.enabled) return off
  if (failing !== null) return failingNow
  return lastSentAt === null ? untried : works
}
