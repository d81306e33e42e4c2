import { Button } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import type { TestKey } from '#renderer/state/connections-slice.ts'
import { Findings } from './findings.tsx'

/** Runs a test; what it finds is shown by `TestFindings`. */
export function TestButton({ of, what, run }: { of: TestKey; what: string; run: () => Promise<void> }) {
  const running = useConsole((state) => state.connections.tests[of] === 'running')
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Test ${what}`}
      loading={running}
      onClick={() => void run()}
    >
      Test
    </Button>
  )
}

/** What the last test found; nothing before the first one and while one runs. */
export function TestFindings({ of }: { of: TestKey }) {
  const findings = useConsole((state) => state.connections.tests[of])
  return findings === undefined || findings === 'running' ? null : <Findings checks={findings} />
}
