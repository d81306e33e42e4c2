import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useAction } from '#renderer/state/use-action.ts'
import type { Channel } from '#shared/domain/channel.ts'
import styles from './channel-test.module.css'

interface Props {
  readonly channel: Channel
  /** Why there is nothing to test yet; absent: it can be tested. */
  readonly notYet?: string
  readonly onDone: () => void
  /** Other buttons beside it. */
  readonly children?: ReactNode
}

interface Answer {
  readonly ok: boolean
  readonly sentence: string
  readonly fix: string | null
}

/** Sends a test message and tells in words what came of it. */
export function ChannelTest({ channel, notYet, onDone, children }: Props) {
  const [run, busy] = useAction()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const test = async () => {
    setAnswer(await run('The test could not be run.', (call) => call.channels.test({ id: channel.id })))
    onDone()
  }
  return (
    <>
      <div role="status">
        {answer !== null && !busy && (
          <p className={styles.answer} data-tone={answer.ok ? 'good' : 'bad'}>
            <Icon name={answer.ok ? 'good' : 'bad'} size={13} />
            <span>
              {answer.sentence} {answer.fix !== null && <strong>{answer.fix}</strong>}
            </span>
          </p>
        )}
      </div>
      <footer className={styles.actions}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Test ${channel.name}`}
          loading={busy}
          disabled={notYet !== undefined}
          onClick={() => void test()}
        >
          Test
        </Button>
        {children}
        {notYet !== undefined && <span className={styles.soft}>{notYet}</span>}
      </footer>
    </>
  )
}
