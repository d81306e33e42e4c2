import { Page } from '#renderer/parts/page.tsx'
import type { ScreenProps } from '../frame/screen.tsx'

export function MappingsScreen(_props: ScreenProps) {
  return (
    <Page title="Mappings" lead="">
      {null}
    </Page>
  )
}
