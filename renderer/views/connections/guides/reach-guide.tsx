import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './guides.module.css'

/** How this computer gets an address that can be reached from outside. */
export function ReachGuide({ id, isThroughHookdeck }: { readonly id: string; readonly isThroughHookdeck: boolean }) {
  const receiver = useConsole((state) => state.relay.health?.receiverUrl ?? '')
  const path = `/hooks/${id}`
  const port = URL.parse(receiver)?.port ?? ''
  return (
    <>
      <Guide
        title="Give this computer a public address"
        lead="Patchbay listens on this computer alone until something passes requests on to it."
      >
        <li>
          Set up a tunnel (such as Cloudflare Tunnel) or a rule in your reverse proxy that passes{' '}
          <b>https://hooks.your-company.com</b> on to:
          <CopyField text={receiver} what="the address that Patchbay listens at" />
        </li>
        <li>
          Enter that address here as public address, with this at its end:
          <CopyField text={path} what="the path of this source" />
        </li>
        <li>Pass on nothing but paths that begin with /hooks/. The console is not behind this address.</li>
      </Guide>
      <Guide
        title="When the tunnel or proxy runs on another computer"
        lead="On this computer itself nothing has to be opened: leave the firewall as it is. Otherwise let that one computer in, and nobody else. In a PowerShell as administrator, with its address in place of PROXY-IP:"
      >
        <li>
          Pass its requests on to where Patchbay listens:
          <CopyField text={forwardLine(port)} what="the line that passes requests on" />
        </li>
        <li>
          Open the firewall for it:
          <CopyField text={firewallLine(port)} what="the line for the firewall" />
        </li>
      </Guide>
      {isThroughHookdeck && (
        <p className={styles.note}>
          Hookdeck’s command line can do without a public address, but is meant for trying out: it keeps no event that
          comes while it is not connected.
        </p>
      )}
    </>
  )
}

/** The receiver listens on loopback only; Windows itself carries requests there. */
function forwardLine(port: string): string {
  return `netsh interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=${port} connectaddress=127.0.0.1 connectport=${port}`
}

function firewallLine(port: string): string {
  return `New-NetFirewallRule -DisplayName "Patchbay receiver" -Direction Inbound -Protocol TCP -LocalPort ${port} -RemoteAddress PROXY-IP -Action Allow`
}
