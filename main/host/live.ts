import { setTimeout } from 'node:timers/promises'
import type { LiveMessage } from '#shared/contract/live.ts'
import type { HostContext } from './host-context.ts'

/** ms between two messages, between two of health, and before a client is asked again to load everything. */
const messageGapMs = 100
const healthGapMs = 1_000
const reloadGapMs = 1_000

/** Events in one message; the rest follows with the next. */
const eventsPerMessage = 500

/**
 * The stream of one watcher: a hello, then changed events in order and health, at most ten messages a second.
 *
 * Nothing is prepared ahead: a message is made when the transport has taken the one before. A client that is too slow
 * therefore gets fewer and newer messages, or a fresh hello with `resumed: false`, and never a queue of its own.
 */
export async function* watchLive(
  host: HostContext,
  after: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<LiveMessage, void, void> {
  const { feed } = host
  const resumed = after !== undefined && feed.covers(after)
  let seq = resumed ? after : feed.seq
  let health = feed.healthChanges
  let healthDueAt = 0
  let toasts = feed.toastCount
  yield hello(host, seq, resumed)
  while (!signal.aborted) {
    if (!feed.covers(seq)) {
      seq = feed.seq
      health = feed.healthChanges
      yield hello(host, seq, false)
      await pause(reloadGapMs, signal)
      continue
    }
    const shown = feed.toastAfter(toasts)
    if (shown !== null) {
      toasts = shown.reached
      yield { type: 'toast', seq, toast: shown.toast }
      continue
    }
    const { ids, reached } = feed.changedAfter(seq, eventsPerMessage)
    if (health !== feed.healthChanges && host.clock.monotonic() >= healthDueAt) {
      health = feed.healthChanges
      healthDueAt = host.clock.monotonic() + healthGapMs
      yield { type: 'health', seq, health: host.workspaces.relay.health() }
      await pause(messageGapMs, signal)
    } else if (ids.length > 0) {
      const events = await host.reader().read('eventsByIds', ids)
      seq = reached
      yield { type: 'events', seq, events }
      await pause(messageGapMs, signal)
    } else if (health !== feed.healthChanges) {
      await pause(messageGapMs, signal)
    } else {
      await feed.change(signal)
    }
  }
}

function hello(host: HostContext, seq: number, resumed: boolean): LiveMessage {
  const health = host.workspaces.relay.health()
  return { type: 'hello', seq, resumed, version: health.version, health }
}

/** Waits, or returns at once when the watcher has gone. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined)
}
