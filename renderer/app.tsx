import '@mantine/core/styles.layer.css'
import './style/tokens.css'
import './style/base.css'
import { MantineProvider } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { HostClient } from './client/host-client.ts'
import { ClientContext, ConsoleContext } from './state/console-context.ts'
import { createConsoleStore, feedConsole } from './state/console-store.ts'
import { theme } from './style/theme.ts'
import { Frame } from './views/frame/frame.tsx'

/** The console on a client of the host. */
export function App({ client }: { client: HostClient }) {
  const [store] = useState(() => createConsoleStore(client))
  useEffect(() => feedConsole(client, store), [client, store])
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ClientContext value={client}>
        <ConsoleContext value={store}>
          <Frame />
        </ConsoleContext>
      </ClientContext>
    </MantineProvider>
  )
}
