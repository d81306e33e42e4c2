import type { Clock } from '#main/base/clock.ts'
import { withinBound } from '#main/base/bounded.ts'
import { loadChannels, noteFailure, noteSent, type KnownChannel } from '#main/store/channels.ts'
import type { Store } from '#main/store/store.ts'
import type { Channel } from '#shared/domain/channel.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { Sent } from './channels/channel.ts'

const minuteMs = 60_000
/** Beats come up to this part of their distance early, so that those of many relays don't fall together and none is late. */
const jitter = 0.1
/** The longest sleep (ms): clocks are set, and machines sleep. */
const longestSleepMs = minuteMs
/** How long a stop waits for a beat under way (ms). */
const drainMs = 2_000

export interface HeartbeatPorts {
  readonly store: Store
  readonly clock: Clock
  /** Whether the relay does its work: while it can't write, nobody outside is to think that all is well. */
  readonly isAtWork: () => boolean
  readonly beat: (channel: Channel, signal: AbortSignal) => Promise<Sent>
  /** Draws from [0, 1). */
  readonly random: () => number
  readonly onBug: (error: unknown) => void
}

type Heartbeat = Extract<Channel, { kind: 'heartbeat' }>

/** An instant on both clocks, and it has come when either says so: the steady one may stand still in a machine's sleep, the other one may be set back. */
interface Due {
  /** ms since 1970. */
  readonly at: number
  /** ms on the steady clock. */
  readonly steadyAt: number
}

/** Tells the outside again and again that the relay is at work. */
export class Heartbeats {
  readonly #ports: HeartbeatPorts
  /** When each is next due. */
  #due = new Map<ChannelId, Due>()
  readonly #busy = new Map<ChannelId, Promise<void>>()
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | null = null

  constructor(ports: HeartbeatPorts) {
    this.#ports = ports
  }

  /** Looks at the channels anew: at the start, or when a person has changed one. */
  reload(): void {
    this.#due = new Map()
    this.#pass()
  }

  /** One beat now; its result stands in the channel's row. */
  async beatNow(channel: Heartbeat): Promise<Sent> {
    const { store, clock, beat } = this.#ports
    const result = await beat(channel, this.#stop.signal)
    if (!result.ok && this.#stop.signal.aborted) return result
    const now = clock.now()
    await store.writeLight((tx) => {
      if (result.ok) noteSent(tx, channel.id, now)
      else noteFailure(tx, channel.id, now, result)
    })
    const every = channel.settings.everyMinutes * minuteMs
    const again = result.ok ? every * (1 - jitter * this.#ports.random()) : Math.min(every, minuteMs)
    const asked = result.ok ? 0 : (result.retryAt ?? 0) - now
    this.#due.set(channel.id, this.#dueIn(Math.max(again, asked)))
    return result
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const underWay = Promise.all(this.#busy.values())
    await withinBound(underWay, drainMs)
    this.#stop.abort()
    await underWay
  }

  #pass(): void {
    const { store, isAtWork, onBug } = this.#ports
    if (this.#stop.signal.aborted) return
    try {
      for (const known of store.read(loadChannels)) {
        const { channel } = known
        if (!isBeating(channel) || this.#busy.has(channel.id)) continue
        const due = this.#due.get(channel.id) ?? this.#dueIn(this.#firstWait(channel, known))
        this.#due.set(channel.id, due)
        if (this.#waitUntil(due) <= 0 && isAtWork()) this.#begin(channel)
      }
      if (this.#due.size > 0) this.#plan(Math.min(...[...this.#due.values()].map((due) => this.#waitUntil(due))))
    } catch (thrown) {
      onBug(thrown)
      this.#plan(longestSleepMs)
    }
  }

  #dueIn(ms: number): Due {
    const { clock } = this.#ports
    return { at: clock.now() + ms, steadyAt: clock.monotonic() + ms }
  }

  /** ms; none left once it is not above 0. */
  #waitUntil({ at, steadyAt }: Due): number {
    const { clock } = this.#ports
    return Math.min(at - clock.now(), steadyAt - clock.monotonic())
  }

  /** After a start it goes on where it was (ms), within one distance, as the clock may have been set meanwhile; a new one beats at once. */
  #firstWait({ settings }: Heartbeat, { lastSentAt, failing }: KnownChannel): number {
    const last = Math.max(lastSentAt ?? 0, failing?.at ?? 0)
    const every = settings.everyMinutes * minuteMs * (1 - jitter)
    return last === 0 ? 0 : Math.min(last + every - this.#ports.clock.now(), every)
  }

  #begin(channel: Heartbeat): void {
    const run = this.beatNow(channel).then(() => undefined, this.#ports.onBug)
    const ended = run.finally(() => {
      this.#busy.delete(channel.id)
      this.#pass()
    })
    this.#busy.set(channel.id, ended)
  }

  #plan(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#stop.signal.aborted) return
    this.#timer = setTimeout(() => this.#pass(), Math.min(Math.max(inMs, 1_000), longestSleepMs)).unref()
  }
}

function isBeating(channel: Channel): channel is Heartbeat {
  return channel.kind === 'heartbeat' && channel.enabled
}
