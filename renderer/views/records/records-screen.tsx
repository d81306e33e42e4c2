import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function RecordsScreen(_props: ScreenProps) {
  return (
    <Page title="Records" lead="">
      {null}
    </Page>
  )
}
