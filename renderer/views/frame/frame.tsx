import { Suspense } from 'react'
import { ErrorBoundary } from '#renderer/parts/error-boundary.tsx'
import { Notices } from '#renderer/parts/notices.tsx'
import { usePlace } from '#renderer/state/console-context.ts'
import { hashOf } from '#renderer/state/place.ts'
import { Header } from './header.tsx'
import { LinkBanner } from './link-banner.tsx'
import { Overlays } from './overlays.tsx'
import { Rail } from './rail.tsx'
import { SandboxBanner } from './sandbox-banner.tsx'
import { Screen } from './screen.tsx'
import { Waiting } from './waiting.tsx'
import styles from './frame.module.css'

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
      <Overlays />
      <Notices />
    </div>
  )
}
