import type { IncomingMessage } from 'node:http'

/** Bounds on reading one body. */
export interface ReadLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
  /** Asks for room to keep so many more bytes; false when all requests together hold too much already. */
  readonly hold: (bytes: number) => boolean
}

/** How reading ended. What is not whole comes with what there is of it; `gone` means that nobody waits for an answer any more. */
export type BodyRead =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' | 'too-slow' | 'crowded'; readonly bytes: Buffer }
  | { readonly kind: 'gone' }

/** Reads a body exactly as it is sent. Ends at the first bound it meets; the rest of the body is then still to be thrown away. */
export function readBody(request: IncomingMessage, limits: ReadLimits): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (kind: BodyRead['kind']): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      resolve(
        kind === 'gone'
          ? { kind }
          : { kind, bytes: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks) },
      )
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > limits.maxBytes) finish('too-large')
      else if (!limits.hold(chunk.length)) finish('crowded')
      else chunks.push(chunk)
    }
    const onEnd = (): void => finish('whole')
    const onClose = (): void => finish('gone')
    const timer = setTimeout(() => finish('too-slow'), limits.timeoutMs)
    request.on('data', onData).on('end', onEnd).on('close', onClose)
  })
}
