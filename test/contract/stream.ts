import type { LiveMessage } from '#shared/contract/live.ts'

/** Reads a stream message by message, so that a test waits for exactly what it expects. */
export class Messages {
  readonly all: LiveMessage[] = []
  #wake: () => void = () => undefined

  readonly add = (message: LiveMessage): void => {
    this.all.push(message)
    this.#wake()
  }

  /** The first message from `from` on that fits; waits for it. */
  async find<Type extends LiveMessage['type']>(
    type: Type,
    fits: (message: Extract<LiveMessage, { type: Type }>) => boolean = () => true,
    from = 0,
  ): Promise<Extract<LiveMessage, { type: Type }>> {
    for (;;) {
      for (const message of this.all.slice(from)) {
        if (isA(message, type) && fits(message)) return message
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

function isA<Type extends LiveMessage['type']>(
  message: LiveMessage,
  type: Type,
): message is Extract<LiveMessage, { type: Type }> {
  return message.type === type
}
