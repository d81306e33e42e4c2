/*
 * The scripts that make a page of Chromium one of Electron's. They run in the page before anything of its own does: the first one beside the
 * page's own scripts, the second one in a world apart, which shares the document with them and no object. Both are written as functions
 * that use nothing but their parameters, and are sent as text.
 */

/** The name of the world apart, the same as Electron's. */
export const isolatedWorld = 'Electron Isolated Context'
/** What the world apart calls to be heard, and is called by; neither can be seen from the page's own scripts. */
export const toShell = 'electronHostSay'
export const fromShell = 'electronHostHear'

/** For the page's own world: makes what `contextBridge` exposes. `secret` names the events that the two worlds share. */
export function mainWorldScript(secret: string): string {
  return `(${mainWorld.toString()})(${JSON.stringify(secret)})`
}

/** For the world apart: the preload, and the part of \`electron\` that a sandboxed one may have. */
export function isolatedWorldScript(secret: string, preload: string): string {
  const run = `(require, module, exports) => {${preload}\n}`
  return `(${isolated.toString()})(${JSON.stringify({ secret, toShell, fromShell })}, ${run})`
}

interface Exposed {
  readonly key: string
  readonly names: readonly string[]
}

type Outcome = { readonly value?: unknown; readonly error?: string }

function mainWorld(secret: string): void {
  if (window !== window.top) return
  let last = 0
  const once = (name: string, take: (outcome: Outcome) => void): void =>
    window.addEventListener(name, (event) => take(JSON.parse((event as CustomEvent<string>).detail) as Outcome), {
      once: true,
    })
  const settle = (
    { error, value }: Outcome,
    resolve: (value: unknown) => void,
    reject: (error: Error) => void,
  ): void => (error === undefined ? resolve(value) : reject(new Error(error)))
  // Functions stay where they are; the other side is given a number for each.
  const lend = (arg: unknown): unknown => {
    if (typeof arg !== 'function') return arg
    const id = ++last
    window.addEventListener(`${secret}:callback:${id}`, (event) => {
      ;(arg as (...args: unknown[]) => void)(...(JSON.parse((event as CustomEvent<string>).detail) as unknown[]))
    })
    return { $callback: id }
  }
  const proxyOf =
    (key: string, name: string) =>
    (...args: unknown[]): Promise<unknown> => {
      const id = ++last
      return new Promise((resolve, reject) => {
        once(`${secret}:settled:${id}`, (outcome) => settle(outcome, resolve, reject))
        const detail = JSON.stringify({ id, key, name, args: args.map(lend) })
        window.dispatchEvent(new CustomEvent(`${secret}:call`, { detail }))
      })
    }
  window.addEventListener(`${secret}:expose`, (event) => {
    const { key, names } = JSON.parse((event as CustomEvent<string>).detail) as Exposed
    const value = Object.freeze(Object.fromEntries(names.map((name) => [name, proxyOf(key, name)])))
    Object.defineProperty(window, key, { value, enumerable: true })
  })
}

type Listener = (event: object, ...args: unknown[]) => void

function isolated(
  { fromShell: hear, secret, toShell: say }: { secret: string; toShell: string; fromShell: string },
  preload: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void,
): void {
  if (window !== window.top) return
  const world = globalThis as unknown as Record<string, (message: unknown) => void>
  const tell = (message: object): void => world[say]?.(JSON.stringify(message))
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const ports = new Map<number, MessagePort>()
  let last = 0
  // What is not given at the end of a call would come out of JSON as null.
  const given = (args: unknown[]): unknown[] => args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1)

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => tell({ type: 'send', channel, args: given(args) }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject })
        tell({ type: 'invoke', id: last, channel, args: given(args) })
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  }

  const exposed = new Map<string, Record<string, (...args: unknown[]) => unknown>>()
  const contextBridge = {
    // Of an object, its functions; what they are given and answer is a copy.
    exposeInMainWorld: (key: string, api: Record<string, (...args: unknown[]) => unknown>) => {
      exposed.set(key, api)
      const detail = JSON.stringify({ key, names: Object.keys(api) })
      window.dispatchEvent(new CustomEvent(`${secret}:expose`, { detail }))
    },
  }
  const borrow = (arg: unknown): unknown => {
    if (typeof arg !== 'object' || arg === null || !('$callback' in arg)) return arg
    const name = `${secret}:callback:${String(arg.$callback)}`
    return (...args: unknown[]) => window.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(args) }))
  }
  window.addEventListener(`${secret}:call`, (event) => {
    const { args, id, key, name } = JSON.parse((event as CustomEvent<string>).detail) as {
      args: unknown[]
      id: number
      key: string
      name: string
    }
    const answer = (outcome: Outcome) =>
      window.dispatchEvent(new CustomEvent(`${secret}:settled:${id}`, { detail: JSON.stringify(outcome) }))
    Promise.resolve(exposed.get(key)?.[name]?.(...args.map(borrow))).then(
      (value) => answer({ value }),
      (thrown: unknown) => answer({ error: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
  })

  /** A new channel whose other end is carried to the main process. */
  const receivePort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<unknown>) => tell({ type: 'port', port: id, data })
    port1.addEventListener('close', () => tell({ type: 'port-closed', port: id }))
    ports.set(id, port1)
    return port2
  }

  const heard = {
    message: ({ args, channel, ports: ids }: { args: unknown[]; channel: string; ports: number[] }) => {
      const event = { ports: ids.map(receivePort) }
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args)
    },
    answer: ({ error, id, value }: { error?: string; id: number; value?: unknown }) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) asked?.resolve(value)
      else asked?.reject(new Error(`Error invoking remote method: Error: ${error}`))
    },
    port: ({ data, port }: { data: unknown; port: number }) => ports.get(port)?.postMessage(data),
    'port-closed': ({ port }: { port: number }) => {
      ports.get(port)?.close()
      ports.delete(port)
    },
  }
  world[hear] = (message) => {
    const { type } = message as { type: keyof typeof heard }
    ;(heard[type] as (one: unknown) => void)(message)
  }

  // A sandboxed preload has `electron` and little else to require, and no Node.
  const module = { exports: {} }
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return { contextBridge, ipcRenderer }
  }
  preload(require, module, module.exports)
}
