import { pino, type Logger } from 'pino'

export type { Logger }

/** Lines that are kept in memory for a support bundle. */
const linesKept = 300

const kept = new WeakMap<Logger, string[]>()

/**
 * The relay's log: JSON lines on stderr, so that stdout stays free for what scripts read. Secrets are struck out by name. The last lines
 * are kept in memory as well.
 */
export function createLogger(level: string): Logger {
  const lines: string[] = []
  const stderr = pino.destination(2)
  const logger = pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.password', '*.clientSecret', '*.privateKey', '*.secret', '*.token', '*.authorization'],
        censor: '[redacted]',
      },
    },
    {
      write(line) {
        lines.push(line.trimEnd())
        if (lines.length > linesKept) lines.shift()
        stderr.write(line)
      },
    },
  )
  kept.set(logger, lines)
  return logger
}

/** The last lines written by a logger, oldest first. */
export function recentLines(logger: Logger): readonly string[] {
  return kept.get(logger) ?? []
}
