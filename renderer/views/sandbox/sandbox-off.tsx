import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { useConsole } from '#renderer/state/console-context.ts'

/** What the sandbox is for, and what switching to it means while real systems are connected. */
export function SandboxOff() {
  const start = useConsole((state) => state.sandbox.start)
  const switching = useConsole((state) => state.sandbox.switching)
  return (
    <Page title="Sandbox" lead="A simulated Salesforce and ConnectWise on this computer, to try things out.">
      <EmptyState icon="box" title="The sandbox is off: you are working with your real systems">
        <p>
          In the sandbox, made-up people change made-up records on both sides. Break one of the systems and see what
          Patchbay does about it. It has a database of its own and can’t reach a real system.
        </p>
        <Confirm
          title="Start the sandbox"
          consequence={
            <>
              <p>Until you leave it, Patchbay works on the simulated systems only:</p>
              <ul>
                <li>nothing is written to your real Salesforce or ConnectWise, and nothing is read from them;</li>
                <li>what they send meanwhile is turned away: senders that try again bring it later, others do not.</li>
              </ul>
              <p>What waits for your real systems now goes on when you leave.</p>
            </>
          }
          confirm={{ label: 'Start the sandbox' }}
          onConfirm={start}
          trigger={(open) => (
            <Button loading={switching} onClick={open}>
              Start the sandbox…
            </Button>
          )}
        />
      </EmptyState>
    </Page>
  )
}
