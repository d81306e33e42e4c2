import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'

const scripts = String.raw`$env:ProgramFiles\Patchbay\resources\service`
const dataFolder = String.raw`C:\ProgramData\Patchbay`
const relay = String.raw`& "$resources\service\node.exe" "$resources\app.asar.unpacked\out\service\headless.mjs"`
// The question is in the last line: what is pasted after it would be taken for the answer.
const bringAlong = [
  String.raw`robocopy "$env:LOCALAPPDATA\Patchbay" "${dataFolder}" /E`,
  String.raw`$resources = "$env:ProgramFiles\Patchbay\resources"`,
  `$env:PATCHBAY_RECOVERY_PASSPHRASE = Read-Host 'Recovery passphrase'; ${relay} --no-open --data-dir "${dataFolder}"`,
].join('\n')
const startWindow = String.raw`& "$env:ProgramFiles\Patchbay\Patchbay.exe" --data-dir "${dataFolder}"`

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
          , as no sign-in keeps the key there.
        </li>
        <li>
          Copy the lines of the next steps to a note, as they go with this window. Then quit Patchbay from its icon.
        </li>
        <li>
          In a PowerShell as administrator, bring along what you have: the configuration, the events, and the key, which
          the passphrase opens. Once Patchbay says where it listens, end it with Ctrl+C and close that PowerShell.
          <CopyField text={bringAlong} what="the lines that bring the data along" isLong />
        </li>
        <li>
          In a new PowerShell as administrator, set the task up. It starts at once:
          <CopyField text={`& "${scripts}\\install-service.ps1"`} what="the line that sets the task up" />
        </li>
        <li>
          Start this window with the task’s data folder. It offers to show what works there:
          <CopyField text={startWindow} what="the line that starts the window" />
        </li>
        <li>
          Should it not be wanted any more, take the task away; the data stays:
          <CopyField text={`& "${scripts}\\remove-service.ps1"`} what="the line that takes the task away" />
        </li>
      </Guide>
      <Guide title="Ports and firewall">
        <li>
          Senders are heard {port === '' ? '' : `at port ${port}, `}on this computer alone: the firewall stays as it is
          while the tunnel or proxy runs here.
        </li>
        <li>
          Where it runs on another computer, the guide of each{' '}
          <a href={addressOf('connections')}>source that is called from outside</a> has the two lines that let it in.
        </li>
      </Guide>
    </>
  )
}
