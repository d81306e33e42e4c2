import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './guides.module.css'

/** How this computer gets an address that can be reached from outside. */
export function ReachGuide({ id, isThroughHookdeck }: { readonly id: string; readonly isThroughHookdeck: boolean }) {
  const receiver = useConsole((state) => state.relay.health?.receiverUrl ?? '')
  const path = `/hooks/${id}`
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
      {isThroughHookdeck && (
        <p className={styles.note}>
          Hookdeck’s command line can do without a public address, but is meant for trying out: it keeps no event that
          comes while it is not connected.
        </p>
      )}
    </>
  )
}
