import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import styles from './start-screen.module.css'

/** The first thing a newcomer sees: try it without risk, or set it up. */
export function StartScreen() {
  const start = useConsole((state) => state.sandbox.start)
  const switching = useConsole((state) => state.sandbox.switching)
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Welcome to Patchbay</h1>
      <p className={styles.lead}>
        Patchbay carries changes between Salesforce and ConnectWise, keeps every one of them, and shows what became of
        it.
      </p>
      <div className={styles.choices}>
        <section className={styles.choice} data-first>
          <span className={styles.icon}>
            <Icon name="box" size={24} />
          </span>
          <h2>Try the sandbox</h2>
          <p>
            A simulated Salesforce and ConnectWise on this computer, with made-up customers. See events travel, break
            something, replay it. No account, no server, nothing to clean up.
          </p>
          <Button loading={switching} onClick={() => void start()}>
            Start the sandbox
          </Button>
        </section>
        <section className={styles.choice}>
          <span className={styles.icon}>
            <Icon name="connections" size={24} />
          </span>
          <h2>Connect real systems</h2>
          <p>
            Step by step: Salesforce, ConnectWise, where events come from, what is carried over. Each step is tested on
            the spot; when something is wrong, it says what, and how to put it right. Nothing is written before you
            switch it on.
          </p>
          <Button variant="default" onClick={() => goTo(addressOf('setup'))}>
            Set up real systems
          </Button>
        </section>
      </div>
    </div>
  )
}
