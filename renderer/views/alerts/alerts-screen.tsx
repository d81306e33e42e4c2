import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function AlertsScreen(_props: ScreenProps) {
  return (
    <Page title="Alerts" lead="">
      {null}
    </Page>
  )
}
