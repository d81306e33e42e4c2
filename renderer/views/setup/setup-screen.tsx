import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function SetupScreen(_props: ScreenProps) {
  return (
    <Page title="Setup" lead="">
      {null}
    </Page>
  )
}
