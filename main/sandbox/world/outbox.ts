import { Agent, request } from 'undici'
import type { World } from './world.ts'

/** A request that waits to be sent to the receiver. */
export interface Letter {
  readonly seq: number
  /** Names the letter for its receiver; the same on each attempt. */
  readonly id: string
  /** Absolute, or a path at the receiver of the moment. */
  readonly url: string
  readonly body: string
  /** Headers as JSON, the same on each attempt. */
  readonly headers: string
  /** How often it was sent before. */
  readonly attempts: number
}

/** How a system sends: what it adds to a letter, how long it waits, and when it tries again. */
export interface SendingHabit {
  /** Name of the letters in the world file. */
  readonly channel: string
  readonly timeoutMs: number
  /** Headers that differ from attempt to attempt. */
  attemptHeaders(letter: Letter): Record<string, string>
  /** Wait in ms until the next attempt, or null to drop the letter; `status` is null when no answer came. */
  retryAfter(status: number | null, attempts: number): number | null
}

/** Letters of one channel, kept in the world file until they are delivered or given up. */
export interface Outbox {
  add(letter: {
    readonly id: string
    readonly url: string
    readonly body: string
    readonly headers: Readonly<Record<string, string>>
  }): void
  /** Where letters with a relative address go; null keeps all letters back. */
  sendTo(receiver: string | null): void
  /** Letters not delivered yet. */
  waiting(): number
  /** Ends sending; letters under way stay for the next start. */
  close(): Promise<void>
}

/** Requests of one channel under way at once; senders of webhooks do not wait for one before the next. */
const underWayAtMost = 32
/** After a refused connection the channel rests, so that a receiver that is away does not cost a processor. */
const restMs = 200

/** Opens the outbox of a channel and takes up what an earlier run left in it. */
export function openOutbox({ database, clock }: World, habit: SendingHabit): Outbox {
  database.exec(
    `CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, channel TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL,
       body TEXT NOT NULL, headers TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL) STRICT;
     CREATE INDEX IF NOT EXISTS outbox_due ON outbox (channel, due_at, seq)`,
  )
  const insert = database.prepare(
    'INSERT INTO outbox (channel, id, url, body, headers, attempts, due_at) VALUES (?, ?, ?, ?, ?, 0, ?)',
  )
  const due = database.prepare<[string, number, number], Letter>(
    'SELECT seq, id, url, body, headers, attempts FROM outbox WHERE channel = ? AND due_at <= ? ORDER BY due_at, seq LIMIT ?',
  )
  const soonest = database.prepare<[string, number], { at: number | null }>(
    'SELECT min(due_at) AS at FROM outbox WHERE channel = ? AND due_at > ?',
  )
  const forget = database.prepare('DELETE FROM outbox WHERE seq = ?')
  const later = database.prepare('UPDATE outbox SET attempts = ?, due_at = ? WHERE seq = ?')
  const count = database.prepare<[string], { n: number }>('SELECT count(*) AS n FROM outbox WHERE channel = ?')
  const agent = new Agent({ connections: underWayAtMost, keepAliveTimeout: 10_000 })
  const underWay = new Map<number, Promise<void>>()
  let receiver: string | null = null
  let restUntil = 0
  let wake: NodeJS.Timeout | null = null
  let wakeAt = 0
  let closed = false

  function wakeIn(delayMs: number): void {
    const at = clock.now() + delayMs
    if (closed || (wake !== null && wakeAt <= at)) return
    if (wake !== null) clearTimeout(wake)
    wakeAt = at
    wake = setTimeout(pump, delayMs)
  }

  function pump(): void {
    wake = null
    if (closed || receiver === null) return
    const now = clock.now()
    if (now < restUntil) return wakeIn(restUntil - now)
    for (const letter of due.all(habit.channel, now, underWayAtMost + underWay.size)) {
      if (underWay.size >= underWayAtMost) return
      if (underWay.has(letter.seq)) continue
      const sending = send(letter, receiver).finally(() => {
        underWay.delete(letter.seq)
        wakeIn(0)
      })
      underWay.set(letter.seq, sending)
    }
    const next = soonest.get(habit.channel, now)?.at ?? null
    if (next !== null) wakeIn(Math.max(1, next - now))
  }

  async function send(letter: Letter, to: string): Promise<void> {
    const status = await post(letter, to)
    if (closed) return
    if (status !== null && status >= 200 && status < 300) {
      forget.run(letter.seq)
      return
    }
    if (status === null) restUntil = clock.now() + restMs
    const waitMs = habit.retryAfter(status, letter.attempts + 1)
    if (waitMs === null) forget.run(letter.seq)
    else later.run(letter.attempts + 1, clock.now() + waitMs, letter.seq)
  }

  async function post(letter: Letter, to: string): Promise<number | null> {
    try {
      const answer = await request(new URL(letter.url, to), {
        method: 'POST',
        dispatcher: agent,
        headers: {
          'content-type': 'application/json',
          ...(JSON.parse(letter.headers) as Record<string, string>),
          ...habit.attemptHeaders(letter),
        },
        body: letter.body,
        signal: AbortSignal.timeout(habit.timeoutMs),
      })
      await answer.body.dump()
      return answer.statusCode
    } catch {
      return null
    }
  }

  return {
    add: ({ id, url, body, headers }) => {
      insert.run(habit.channel, id, url, body, JSON.stringify(headers), clock.now())
      if (underWay.size < underWayAtMost) wakeIn(0)
    },
    sendTo: (to) => {
      receiver = to
      restUntil = 0
      if (to !== null) wakeIn(0)
    },
    waiting: () => count.get(habit.channel)?.n ?? 0,
    close: async () => {
      closed = true
      if (wake !== null) clearTimeout(wake)
      await agent.destroy()
      await Promise.all(underWay.values())
    },
  }
}
