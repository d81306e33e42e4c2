import { Button, Loader } from '@mantine/core'
import { useEffect } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { TestKey } from '#renderer/state/connections-slice.ts'
import { count } from '#renderer/state/wording.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import { Findings } from '../findings.tsx'
import styles from './wizard.module.css'

/** Tests a connection or source as soon as it is in sight, and shows each check with its cause and fix. */
export function TestPart({ testKey, id }: { readonly testKey: TestKey; readonly id: string }) {
  const { testConnection, testSource, tests } = useConsole((state) => state.connections)
  const isConnection = testKey.startsWith('connection:')
  const run = () => (isConnection ? testConnection(id as ConnectionId) : testSource(id as SourceId))
  useEffect(() => {
    void (isConnection ? testConnection(id as ConnectionId) : testSource(id as SourceId))
  }, [isConnection, id, testConnection, testSource])
  const checks = tests[testKey]
  if (checks === undefined || checks === 'running') {
    return (
      <p className={styles.verdict} role="status">
        <span>
          <Loader size={13} mr={8} />
          {checks === undefined ? 'The test could not be run.' : 'Testing…'}
        </span>
        {checks === undefined && <Again run={run} />}
      </p>
    )
  }
  const failed = checks.filter((check) => !check.ok).length
  return (
    <>
      <p className={styles.verdict}>
        {failed === 0
          ? `All ${count(checks.length, 'check')} passed.`
          : `${checks.length === 1 ? 'The test failed.' : `${failed} of ${checks.length} checks failed.`} Put that right, then test again.`}
        <Again run={run} />
      </p>
      <Findings checks={checks} />
    </>
  )
}

function Again({ run }: { readonly run: () => Promise<void> }) {
  return (
    <Button size="compact-sm" variant="default" flex="none" onClick={() => void run()}>
      Test again
    </Button>
  )
}
