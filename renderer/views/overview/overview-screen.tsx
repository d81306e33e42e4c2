import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function OverviewScreen(_props: ScreenProps) {
  return (
    <Page title="Overview" lead="">
      {null}
    </Page>
  )
}
