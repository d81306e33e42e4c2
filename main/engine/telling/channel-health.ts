import type { KnownChannel } from '#main/store/channels.ts'
import type { ChannelHealth } from '#shared/domain/health.ts'

/** How the ways to reach people are. */
export function describeChannels(channels: readonly KnownChannel[]): ChannelHealth[] {
  return channels.map(describe)
}

function describe({ channel, lastSentAt, failing }: KnownChannel): ChannelHealth {
  const { id, kind, name } = channel
  const base = { id, kind, name }
  if (!channel.enabled)
    return {
      ...base,
      state: 'paused',
      since: null,
      reason: `${name} is switched off; nobody is told that way.`,
      nextStep: 'Switch it on to be told again.',
    }
  if (failing !== null)
    return {
      ...base,
      state: 'degraded',
      since: failing.since,
      reason: `Messages through "${name}" don't get out. ${failing.sentence}`,
      nextStep: failing.fix ?? 'Patchbay tries again by itself; send a test to see whether it works.',
    }
  if (lastSentAt === null)
    return {
      ...base,
      state: 'unknown',
      since: null,
      reason: `Nothing was sent through "${name}" yet.`,
      nextStep: 'Send a test to see whether it works.',
    }
  return { ...base, state: 'ok', since: null, reason: null, nextStep: null }
}
