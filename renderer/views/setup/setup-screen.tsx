import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { Steps } from '#renderer/parts/steps.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { nextStep, setupSteps, type SetupStepName } from '#renderer/state/setup-progress.ts'
import { LeaveSandbox } from '#renderer/views/sandbox/leave-sandbox.tsx'
import type { ScreenProps } from '../frame/screen.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { ConnectionPart } from './connection-part.tsx'
import { EventPart } from './event-part.tsx'
import { FirstPart } from './first-part.tsx'
import { RoutesPart } from './routes-part.tsx'
import { SourcesPart } from './sources-part.tsx'
import { useLiveTests, useSetup, type Setup } from './use-setup.ts'
import styles from './setup-screen.module.css'

/** How soon the first event that was carried over is seen (ms). */
const lookEveryMs = 1_000

/** From nothing to the first event carried over: each step checked as it stands now. It can be left and taken up again. */
export function SetupScreen({ place }: ScreenProps) {
  const { loaded, failed, reload } = useConsole((state) => state.connections)
  const workspace = useConsole((state) => state.relay.health?.workspace)
  useEffect(() => void reload(), [reload])
  if (failed !== null && !loaded) return <LoadFailure what="The set-up" error={failed} again={() => void reload()} />
  if (workspace === 'sandbox') {
    return (
      <Page title="Set up Patchbay" lead="">
        <EmptyState icon="box" title="You are in the sandbox">
          <p>Real systems are set up outside it. The sandbox keeps what it holds for the next time.</p>
          <LeaveSandbox label="Leave the sandbox" size="xs" variant="filled" />
        </EmptyState>
      </Page>
    )
  }
  return loaded ? <Walk wanted={setupSteps.find((name) => name === place.path[0])} /> : <Waiting />
}

function Walk({ wanted }: { readonly wanted: SetupStepName | undefined }) {
  useLiveTests()
  const setup = useSetup(lookEveryMs)
  const { steps } = setup
  // Where a person comes in is decided once: a step that is done under their eyes stays in sight.
  const first = useRef((nextStep(steps) ?? steps.at(-1))?.name ?? 'salesforce')
  const reachable = steps.find(({ name, canGo }) => name === wanted && canGo)
  const at = reachable?.name ?? first.current
  const go = (name: SetupStepName) => goTo(addressOf('setup', [name]))
  const following = setupSteps[setupSteps.indexOf(at) + 1]
  return (
    <Page
      title="Set up Patchbay"
      lead="You can leave at any time: everything is kept, and you go on where you were."
      actions={
        <Button size="compact-sm" variant="default" component="a" href={addressOf('connections')}>
          Leave for now
        </Button>
      }
    >
      <div className={styles.body}>
        <nav className={styles.steps} aria-label="Set-up">
          <Steps
            direction="down"
            label="Steps of the set-up"
            steps={steps.map(({ name, ...step }) => ({ ...step, key: name }))}
            at={at}
            onGo={(key) => go(setupSteps.find((name) => name === key) ?? at)}
          />
        </nav>
        <div className={styles.part}>
          <Part key={at} at={at} setup={setup} onNext={() => go(following ?? at)} />
        </div>
      </div>
    </Page>
  )
}

function Part({
  at,
  setup,
  onNext,
}: {
  readonly at: SetupStepName
  readonly setup: Setup
  readonly onNext: () => void
}) {
  switch (at) {
    case 'salesforce':
    case 'connectwise':
      return <ConnectionPart system={at} onNext={onNext} />
    case 'sources':
      return <SourcesPart onNext={onNext} />
    case 'event':
      return <EventPart onNext={onNext} />
    case 'routes':
      return <RoutesPart onNext={onNext} />
    case 'first':
      return <FirstPart carried={setup.carried} />
  }
}
