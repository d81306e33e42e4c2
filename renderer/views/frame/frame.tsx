import { Suspense, useDeferredValue } from 'react'
import { ErrorBoundary } from '#renderer/parts/error-boundary.tsx'
import { Notices } from '#renderer/parts/notices.tsx'
import { usePlace } from '#renderer/state/console-context.ts'
import { hashOf } from '#renderer/state/place.ts'
import { Header } from './header.tsx'
import { LinkBanner } from './link-banner.tsx'
import { RelayBanner } from './relay-banner.tsx'
import { TaskBarProgress } from './task-bar-progress.tsx'
import { Overlays } from './overlays.tsx'
import { Rail } from './rail.tsx'
import { SandboxBanner } from './sandbox-banner.tsx'
import { Screen } from './screen.tsx'
import { SkipLink } from './skip-link.tsx'
import { useArrival } from './use-arrival.ts'
import { useWindowTitle } from './use-window-title.ts'
import { Waiting } from './waiting.tsx'
import styles from './frame.module.css'

/** The window: rail, header, banners, and the screen of the place. */
export function Frame() {
  const place = usePlace()
  // The screen that is left stays in sight until the next one can be drawn, instead of a flash of nothing.
  const shown = useDeferredValue(place)
  useWindowTitle(shown)
  useArrival(shown)
  return (
    <div className={styles.frame}>
      <SkipLink />
      <Rail screen={place.screen} />
      <div className={styles.column}>
        <SandboxBanner />
        <Header />
        <RelayBanner otherwise={<LinkBanner />} />
        <main className={styles.screen}>
          <ErrorBoundary place={hashOf(shown)}>
            <Suspense fallback={<Waiting />}>
              <Screen place={shown} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Overlays />
      <Notices />
      <TaskBarProgress />
    </div>
  )
}
