import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function RoutesScreen(_props: ScreenProps) {
  return (
    <Page title="Routes" lead="">
      {null}
    </Page>
  )
}
