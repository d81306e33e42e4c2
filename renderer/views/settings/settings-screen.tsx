import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function SettingsScreen(_props: ScreenProps) {
  return (
    <Page title="Settings" lead="">
      {null}
    </Page>
  )
}
