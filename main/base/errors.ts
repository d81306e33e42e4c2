/** Makes an Error of whatever was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** Marks a branch that can't be reached; the compiler holds it to that. */
export function assertNever(value: never): never {
  throw new Error(`not expected: ${JSON.stringify(value)}`)
}

/** A start or command that can't go on, with a sentence meant for the person in front of it. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
  readonly fix: string | null

  constructor(sentence: string, options: { fix?: string; cause?: unknown } = {}) {
    super(sentence, { cause: options.cause })
    this.fix = options.fix ?? null
  }
}
