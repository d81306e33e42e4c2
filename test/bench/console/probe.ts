/** A call of the console on its host, in ms since the page began. */
export interface Asked {
  readonly method: string
  readonly at: number
  answeredAt: number | null
  /** When what the answer changed was in sight; null as long as nothing changed. */
  paintedAt: number | null
}

/** What the probe has seen since it was cleared. */
export interface Seen {
  readonly asked: Asked[]
  /** ms of each stretch in which the page could do nothing else, as far as it was longer than 50. */
  readonly longTasks: number[]
  /** When the document changed, once for each frame. */
  readonly changes: number[]
  /** When each frame began. */
  readonly frames: number[]
}

declare global {
  interface Window {
    probe: Seen & { clear(): void }
  }
}

/**
 * Watches a page from inside; to be run in it before its own scripts. It looks at the beginning of each message only, so as not to be
 * what it measures.
 */
export function installProbe(): void {
  const seen: Seen = { asked: [], longTasks: [], changes: [], frames: [] }
  const waiting = new Map<string, Asked>()
  let unpainted: Asked[] = []
  const clear = () => {
    for (const list of [seen.asked, seen.longTasks, seen.changes, seen.frames]) list.length = 0
  }
  window.probe = { ...seen, clear }

  const watched = new WeakSet<WebSocket>()
  const { send } = WebSocket.prototype
  WebSocket.prototype.send = function (this: WebSocket, data: string) {
    const [, id, method] = /^\{"i":"(\w+)","p":\{"u":"([^"]+)"/.exec(String(data).slice(0, 200)) ?? []
    if (id !== undefined && method !== undefined) {
      const one: Asked = { method, at: performance.now(), answeredAt: null, paintedAt: null }
      seen.asked.push(one)
      waiting.set(id, one)
    }
    if (!watched.has(this)) {
      watched.add(this)
      this.addEventListener('message', ({ data: text }: MessageEvent<unknown>) => {
        const [, answered] = typeof text === 'string' ? (/^\{"i":"(\w+)"/.exec(text.slice(0, 40)) ?? []) : []
        const one = waiting.get(answered ?? '')
        if (one === undefined || one.answeredAt !== null) return
        one.answeredAt = performance.now()
        unpainted.push(one)
      })
    }
    return send.call(this, data)
  }

  let drawn: Asked[] = []
  let awaitsFrame = false
  new MutationObserver(() => {
    drawn.push(...unpainted)
    unpainted = []
    if (awaitsFrame) return
    awaitsFrame = true
    requestAnimationFrame(() => {
      awaitsFrame = false
      seen.changes.push(performance.now())
      const painted = drawn
      drawn = []
      // The first task after a frame runs when it has been painted.
      const after = new MessageChannel()
      after.port1.onmessage = () => {
        for (const one of painted) one.paintedAt = performance.now()
        after.port1.close()
      }
      after.port2.postMessage(null)
    })
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true })

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
  }).observe({ type: 'longtask' })

  const frame = () => {
    seen.frames.push(performance.now())
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
