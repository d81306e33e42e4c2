import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function ReplaysScreen(_props: ScreenProps) {
  return (
    <Page title="Replays" lead="">
      {null}
    </Page>
  )
}
