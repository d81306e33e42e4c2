import { lazy, Suspense } from 'react'
import type { Place } from '#renderer/state/place.ts'
import { hashOf } from '#renderer/state/place.ts'
import { ErrorBoundary } from '#renderer/parts/error-boundary.tsx'
import { Notices } from '#renderer/parts/notices.tsx'
import { useConsole, usePlace } from '#renderer/state/console-context.ts'
import { LiveScreen } from '../live/live-screen.tsx'
import { Header } from './header.tsx'
import { LinkBanner } from './link-banner.tsx'
import { Rail } from './rail.tsx'
import { SandboxBanner } from './sandbox-banner.tsx'
import { Waiting } from './waiting.tsx'
import styles from './frame.module.css'

const FailuresScreen = lazy(async () => ({ default: (await import('../failures/failures-screen.tsx')).FailuresScreen }))
const ConnectionsScreen = lazy(async () => ({
  default: (await import('../connections/connections-screen.tsx')).ConnectionsScreen,
}))
const StartScreen = lazy(async () => ({ default: (await import('../start/start-screen.tsx')).StartScreen }))

/** The window: rail, header, banners, and the screen of the place. */
export function Frame() {
  const place = usePlace()
  return (
    <div className={styles.frame}>
      <Rail screen={place.screen} />
      <div className={styles.column}>
        <SandboxBanner />
        <Header />
        <LinkBanner />
        <main className={styles.screen}>
          <ErrorBoundary place={hashOf(place)}>
            <Suspense fallback={<Waiting />}>
              <Screen place={place} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Notices />
    </div>
  )
}

/** Until something is set up, everything but the set-up leads to the start screen. */
function Screen({ place }: { place: Place }) {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  if (workspace === undefined) return <Waiting />
  if (workspace === 'unconfigured' && place.screen !== 'connections') return <StartScreen />
  switch (place.screen) {
    case 'live':
      return <LiveScreen place={place} />
    case 'failures':
      return <FailuresScreen />
    case 'connections':
      return <ConnectionsScreen />
  }
}
