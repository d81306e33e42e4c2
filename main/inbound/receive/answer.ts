import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long and how much of a body is thrown away so that its sender gets to read the refusal. */
const lingerMs = 2_000
const lingerBytes = 64 * 1024 * 1024

/** What is sent back. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** Header names and values, one after the other. */
  readonly headers?: readonly string[]
  /** The connection ends with this answer. */
  readonly last: boolean
}

/** Answers a request whose body was read. */
export function answer(response: ServerResponse, what: Answer): void {
  if (response.destroyed || response.headersSent) return
  writeHead(response, what)
  response.end(what.text)
}

/**
 * Answers a request whose body was not read, or not to its end.
 *
 * Closing a connection while data comes in makes the system reset it, and the sender may lose the answer before reading it. So the
 * answer goes out whole, what still comes is thrown away for a moment, and then the connection is closed (RFC 9112 section 9.6).
 */
export function answerUnread(request: IncomingMessage, response: ServerResponse, what: Answer): void {
  if (response.destroyed || response.headersSent) return
  writeHead(response, { ...what, last: true })
  response.write(what.text)
  let thrownAway = 0
  const finish = (): void => {
    clearTimeout(timer)
    request.off('data', onData).off('end', finish).off('close', finish)
    if (!response.destroyed) response.end()
  }
  const onData = (chunk: Buffer): void => {
    thrownAway += chunk.length
    if (thrownAway > lingerBytes) finish()
  }
  const timer = setTimeout(finish, lingerMs)
  request.on('data', onData).on('end', finish).on('close', finish)
}

function writeHead(response: ServerResponse, what: Answer): void {
  const headers = [
    'content-type',
    what.contentType,
    'content-length',
    String(Buffer.byteLength(what.text)),
    ...(what.headers ?? []),
  ]
  if (what.last) headers.push('connection', 'close')
  response.writeHead(what.status, headers)
}
