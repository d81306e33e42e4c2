import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'

const scripts = String.raw`$env:ProgramFiles\Patchbay\resources\service`
const dataFolder = String.raw`C:\ProgramData\Patchbay`

/** How Patchbay works on a Windows server where nobody signs in, and which ports that takes. */
export function ServiceGuide() {
  const receiver = useConsole((state) => state.relay.health?.receiverUrl ?? '')
  const port = URL.parse(receiver)?.port ?? ''
  return (
    <>
      <Guide
        title="On a Windows server where nobody signs in"
        lead="Patchbay can start with the machine, as a task of Windows. This window then shows it, and closing the window does not stop it."
      >
        <li>Install Patchbay for everybody on this computer, and turn off the start at sign-in above.</li>
        <li>
          Set a recovery passphrase under{' '}
          <a href={addressOf('settings', ['recovery'])}>
            <Menu path={['Settings', 'Recovery']} />
          </a>
          , as no sign-in keeps the key there. Then quit Patchbay from its icon.
        </li>
        <li>
          In a PowerShell as administrator, set the task up:
          <CopyField text={`& "${scripts}\\install-service.ps1"`} what="the line that sets the task up" />
        </li>
        <li>
          Start this window with the task’s data folder. It offers to show what works there:
          <CopyField text={`Patchbay.exe --data-dir "${dataFolder}"`} what="the line that starts the window" />
        </li>
        <li>
          Should it not be wanted any more, take the task away; the data stays:
          <CopyField text={`& "${scripts}\\remove-service.ps1"`} what="the line that takes the task away" />
        </li>
      </Guide>
      <Guide title="Ports and firewall">
        <li>
          Senders are heard at port {port}, on this computer alone: the firewall stays as it is while the tunnel or
          proxy runs here.
        </li>
        <li>
          Where it runs on another computer, the guide of each{' '}
          <a href={addressOf('connections')}>source that is called from outside</a> has the two lines that let it in.
        </li>
      </Guide>
    </>
  )
}
