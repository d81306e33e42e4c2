import { messagesPage } from './messages-page.ts'
import type { WebAnswer, WebRequest } from './web-server.ts'

/** A message that somebody sent here instead of to Slack, Teams, a gateway or a webhook. */
export interface ReceivedMessage {
  readonly at: string
  /** The first part of the address below `/sandbox/messages`: what it was meant for. */
  readonly to: string
  /** What a person would read of it, as far as it is found. */
  readonly lines: readonly string[]
  readonly body: string
}

/** The newest that are kept. */
const kept = 50

/** Takes messages under `/sandbox/messages`, so that somebody without an account sees what would be sent; lives as long as the process. */
export class Messages {
  #list: ReceivedMessage[] = []

  answer({ method, path, headers, text }: WebRequest): WebAnswer {
    if (method === 'POST') {
      const one = { at: new Date().toISOString(), to: path[2] ?? 'message', lines: readLines(text), body: text }
      this.#list = [one, ...this.#list].slice(0, kept)
      return { status: 200, body: { ok: true } }
    }
    if (method === 'DELETE') {
      this.#list = []
      return { status: 204 }
    }
    const isBrowser = headers.accept?.includes('text/html') === true
    return isBrowser ? { status: 200, html: messagesPage(this.#list) } : { status: 200, body: this.#list }
  }
}

/** Under these names stands what people read: in Slack's blocks, Teams' cards, and the forms of gateways. */
const readable = new Set(['text', 'title', 'body', 'Body', 'message', 'msg'])

function readLines(body: string): string[] {
  const found: string[] = []
  const said = parse(body)
  const isObject = typeof said === 'object' && said !== null
  if (isObject && 'blocks' in said) {
    // Beside the blocks stands the same as plain text, for what shows no blocks.
    collect(said.blocks, found)
    return found.map(asSlackShows)
  }
  collect(said, found)
  return isObject && 'attachments' in said ? found.map(asTeamsShows) : found
}

function asSlackShows(line: string): string {
  return line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function asTeamsShows(line: string): string {
  return line.replaceAll(/\\([\\`*_[\]])/gu, '$1')
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return Object.fromEntries(new URLSearchParams(body))
  }
}

function collect(value: unknown, found: string[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') collect(inner, found)
    else if (readable.has(name) && inner !== '') found.push(inner)
  }
}
