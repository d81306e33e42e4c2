import { pino, type Logger } from 'pino'

export type { Logger }

/** The relay's log: JSON lines on stderr, so that stdout stays free for what scripts read. Secrets are struck out by name. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.password', '*.clientSecret', '*.privateKey', '*.secret', '*.token', '*.authorization'],
        censor: '[redacted]',
      },
    },
    pino.destination(2),
  )
}
