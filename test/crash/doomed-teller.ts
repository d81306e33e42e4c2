/**
 * The entry of a process that watches one connection and tells a webhook of it, as the relay does, and may be made to die on the way: each
 * start judges minutes that are all bad or all well, and then what waits is sent.
 */
import { once } from 'node:events'
import { createAddressGuard } from '#main/alerts/channels/address-guard.ts'
import { createHttpDoor } from '#main/alerts/channels/http-door.ts'
import { openChannel } from '#main/alerts/channels/open-channel.ts'
import { Notifier } from '#main/alerts/notifier.ts'
import { Watch } from '#main/alerts/watch.ts'
import { systemClock } from '#main/base/clock.ts'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { Store } from '#main/store/store.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { until } from '#test/support/until.ts'
import { dieAtPassing, onRequest, onStatement } from './kill-points.ts'

/** Where it dies, in the order in which an alert passes. */
export const tellingPoints = [
  'opening',
  'opened',
  'beginning',
  'begun',
  'sending',
  'answered',
  'noting',
  'noted',
] as const
export type TellingPoint = (typeof tellingPoints)[number]

export interface TellingOrder {
  readonly databaseFile: string
  readonly webhook: { readonly url: string; readonly signingSecret: string }
  /** The minutes to be judged (ms since 1970). */
  readonly minutes: readonly number[]
  /** Whether the connection takes deliveries in them. */
  readonly isWell: boolean
  readonly point: TellingPoint | null
}

function arm(point: TellingPoint): void {
  const die = dieAtPassing(1)
  switch (point) {
    case 'opening':
      return onStatement(/insert into notifications/, 'before', die)
    case 'opened':
      return onStatement(/insert into notifications/, 'committed', die)
    case 'beginning':
      return onStatement(/update notifications set begun/, 'before', die)
    case 'begun':
      return onStatement(/update notifications set begun/, 'committed', die)
    case 'sending':
      return onRequest('undici:request:bodySent', () => true, die)
    case 'answered':
      return onRequest('undici:request:headers', () => true, die)
    case 'noting':
      return onStatement(/update notifications set state = 'sent'/, 'before', die)
    case 'noted':
      return onStatement(/update notifications set state = 'sent'/, 'committed', die)
  }
}

function fail(thrown: unknown): never {
  throw thrown
}

async function work({ databaseFile, webhook, minutes, isWell, point }: TellingOrder): Promise<void> {
  if (point !== null) arm(point)
  const store = new Store(databaseFile)
  const http = createHttpDoor(systemClock, createAddressGuard(true))
  const notifier = new Notifier({
    store,
    clock: systemClock,
    open: (channel) => openChannel(channel, webhook, { clock: systemClock, http, showToast: fail }),
    mayWrite: () => true,
    linkTo: () => null,
    random: () => 0.5,
    onBug: fail,
  })
  const site = {
    connections: [{ id: 'cw', name: 'ConnectWise', system: 'connectwise' as const }],
    sources: [],
    routes: [],
  }
  // What was still to be told goes at the start.
  notifier.kick()
  for (const minute of minutes) {
    await new LevelBook(store).note(minute - minuteMs, [
      { metric: 'running', scope: 'all', id: '', value: 1 },
      { metric: 'held', scope: 'connection', id: 'cw', value: isWell ? 0 : 1 },
    ])
    await new Watch({ store, site: () => site, notify: () => notifier.kick() }).tick(minute)
  }
  await until('all to be told', () => notifier.isIdle)
  await notifier.stop()
  await http.close()
  await store.close()
}

if (process.send !== undefined) {
  const [order] = (await once(process, 'message')) as [TellingOrder]
  process.disconnect()
  await work(order)
}
