import type { Clock } from '#main/base/clock.ts'
import type { Workspaces } from '#main/relay.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import { LiveFeed } from './live-feed.ts'

/** What the host writes into the log; a pino logger fits. */
export interface HostLogger {
  warn(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

/** What the handlers work on, the same for every transport. */
export interface HostContext {
  readonly workspaces: Workspaces
  readonly feed: LiveFeed
  readonly clock: Clock
  readonly logger: HostLogger
  /** Reads of the relay at work now; ask anew for each read. */
  reader(): Reader
  /** Stops listening to the relay and lets go of the database file. */
  close(): Promise<void>
}

/** The handlers' view of one call: the host, and who is to be named in the audit log. */
export interface HostCall {
  readonly host: HostContext
  readonly who: 'console' | 'api'
}

/** Follows the relay at work: its changes, its database, and its replacement at a switch of workspace. */
export function openHostContext(workspaces: Workspaces, clock: Clock, logger: HostLogger): HostContext {
  const feed = new LiveFeed(clock)
  let reader = openReader(workspaces.relay.databaseFile)
  let stopNoting = workspaces.relay.onChange((changes) => feed.note(changes))
  const stopFollowing = workspaces.onSwitch(() => {
    stopNoting()
    void reader.close()
    reader = openReader(workspaces.relay.databaseFile)
    stopNoting = workspaces.relay.onChange((changes) => feed.note(changes))
    feed.restart()
  })
  return {
    workspaces,
    feed,
    clock,
    logger,
    reader: () => reader,
    close() {
      stopFollowing()
      stopNoting()
      return reader.close()
    },
  }
}
