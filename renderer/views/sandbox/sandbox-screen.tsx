import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function SandboxScreen(_props: ScreenProps) {
  return (
    <Page title="Sandbox" lead="">
      {null}
    </Page>
  )
}
