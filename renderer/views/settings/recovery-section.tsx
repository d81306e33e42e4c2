import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { showTime } from '#renderer/parts/time-format.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { shortestPassphrase } from '#shared/domain/recovery.ts'
import { Waiting } from '../frame/waiting.tsx'
import styles from './section.module.css'

/** How the key to the stored passwords is kept, and the passphrase that opens its second copy. */
export function RecoverySection() {
  const { failed, reload, value } = useAnswer('recovery', (call) => call.recovery.state())
  if (value === null) {
    return failed === null ? <Waiting /> : <LoadFailure what="The state of the key" error={failed} again={reload} />
  }
  const { isSet, sentence, setAt } = value
  return (
    <Section
      title="Key and recovery"
      lead="The passwords and keys of your connections are stored encrypted. This is about the one key that opens them."
    >
      <Panel label="The key">
        <p className={styles.text}>{sentence}</p>
      </Panel>
      <Panel tone={isSet ? 'good' : 'wait'} label="Recovery passphrase">
        <div className={styles.stack}>
          <p className={styles.strong}>
            {isSet && setAt !== null
              ? `A recovery passphrase is set, since ${showTime.day(setAt)}`
              : 'No recovery passphrase is set'}
          </p>
          <p className={styles.soft}>
            {isSet
              ? 'It opens the stored passwords when nothing else does: on a new machine, for another user, after a reset of the profile.'
              : 'Without one, a new machine or a reset of the profile means to enter every password of every connection again.'}{' '}
            Keep it where your other recovery keys are. Nobody can read it here, and nobody can bring it back.
          </p>
          <PassphraseForm isSet={isSet} onSaved={reload} />
        </div>
      </Panel>
    </Section>
  )
}

function PassphraseForm({ isSet, onSaved }: { isSet: boolean; onSaved: () => void }) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [run, busy] = useAction()
  const isShort = passphrase.trim().length < shortestPassphrase
  const differs = again !== '' && again !== passphrase
  const save = async () => {
    const saved = await run(
      'The passphrase was not set.',
      (call) => call.recovery.set({ passphrase }),
      () => 'The recovery passphrase is set. The one before opens nothing any more.',
    )
    if (saved === null) return
    setPassphrase('')
    setAgain('')
    onSaved()
  }
  return (
    <form
      className={styles.fields}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isShort && again === passphrase) void save()
      }}
    >
      <PasswordInput
        label={isSet ? 'New passphrase' : 'Passphrase'}
        description={`At least ${shortestPassphrase} characters; four words are good.`}
        w={280}
        autoComplete="new-password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <PasswordInput
        label="Once more"
        description={differs ? 'The two differ.' : 'Nobody can look it up later.'}
        w={280}
        autoComplete="new-password"
        error={differs}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={isShort || again !== passphrase}>
        {isSet ? 'Replace it' : 'Set it'}
      </Button>
    </form>
  )
}
