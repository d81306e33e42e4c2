import type { Page } from '@playwright/test'

type Body = Record<string, unknown>

/** What console and host say to each other over the WebSocket, as far as it is looked at here. */
interface Wire {
  readonly i: string
  readonly p?: { u?: string; b?: { json?: Body } }
}

/** The line between a console and its host, in the hands of a test. The host at its end is the real one. */
export interface Line {
  /** How long answers are held up from now on (ms). */
  delayMs: number
  /** How often a method was called: `/replays/create`. */
  calls(method: string): number
  /** Changes what the console asks of a method, or what it is answered; null: no more. */
  garble(method: string, way: 'question' | 'answer', change: ((body: Body) => Body) | null): void
}

/** Takes hold of the line; to be called before the console is opened. */
export async function holdLine(page: Page): Promise<Line> {
  const asked = new Map<string, number>()
  const changes = new Map<string, (body: Body) => Body>()
  const line: Line = {
    delayMs: 0,
    calls: (method) => asked.get(method) ?? 0,
    garble: (method, way, change) => {
      if (change === null) changes.delete(`${way} ${method}`)
      else changes.set(`${way} ${method}`, change)
    },
  }
  const garbled = (wire: Wire, key: string) => {
    const change = changes.get(key)
    if (change !== undefined && wire.p?.b !== undefined) wire.p.b.json = change(wire.p.b.json ?? {})
    return JSON.stringify(wire)
  }
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const host = socket.connectToServer()
    const methods = new Map<string, string>()
    socket.onMessage((message) => {
      if (typeof message !== 'string') return host.send(message)
      const wire = JSON.parse(message) as Wire
      const method = wire.p?.u
      if (method === undefined) return host.send(message)
      methods.set(wire.i, method)
      asked.set(method, line.calls(method) + 1)
      host.send(garbled(wire, `question ${method}`))
    })
    host.onMessage((message) => {
      const wire = typeof message === 'string' ? (JSON.parse(message) as Wire) : null
      const answer = wire === null ? message : garbled(wire, `answer ${methods.get(wire.i) ?? ''}`)
      if (line.delayMs === 0) socket.send(answer)
      else setTimeout(() => socket.send(answer), line.delayMs)
    })
  })
  return line
}
