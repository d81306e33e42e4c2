import type { ReactNode } from 'react'
import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { ChannelKind } from '#shared/domain/channel.ts'
import styles from './channel-guide.module.css'

/** What has to be done elsewhere before a channel works; in the sandbox, where it can be tried without. */
export function ChannelGuide({ kind, isTwilio }: { kind: ChannelKind; isTwilio: boolean }) {
  const sandbox = useConsole((state) => state.relay.health?.sandbox)
  const piece = tryable.find((one) => one === kind)
  return (
    <div className={styles.guides}>
      {kind === 'sms' && !isTwilio ? otherGateway : guides[kind]}
      {sandbox && piece !== undefined && (
        <SandboxGuide address={`${sandbox.salesforceUrl}/sandbox/messages`} piece={piece} />
      )}
    </div>
  )
}

/** Kinds that the sandbox takes messages of. */
const tryable = ['slack', 'teams', 'sms', 'webhook'] as const

function SandboxGuide({ address, piece }: { address: string; piece: (typeof tryable)[number] }) {
  return (
    <Guide title="Try it in the sandbox" lead="Without an account anywhere. What is sent goes nowhere else.">
      <li>
        Enter this address: <CopyField text={`${address}/${piece}`} what="the address" />
      </li>
      <li>
        Save, press Test, and look at{' '}
        <a href={address} target="_blank" rel="noreferrer">
          what would have been sent
        </a>
        .
      </li>
    </Guide>
  )
}

const guides: Record<ChannelKind, ReactNode> = {
  toast: (
    <Guide title="What you get" lead="For whoever sits in front of this computer.">
      <li>A message in the corner of the console, with a link to the alert.</li>
      <li>
        While the console is open but not in sight, the browser shows it on the desktop, once you have allowed that
        here.
      </li>
      <li>Nobody is reached while the console is closed: add another channel for that.</li>
    </Guide>
  ),
  email: (
    <Guide title="What you need" lead="The same that a mail program asks for.">
      <li>
        The server that takes your mail in, its port and its encryption. Microsoft 365: <code>smtp.office365.com</code>,
        587, STARTTLS. Google: <code>smtp.gmail.com</code>, 465, TLS.
      </li>
      <li>
        A user that may send, and its password. With two-step sign-in, make an app password for Patchbay: the usual one
        is refused.
      </li>
      <li>
        Microsoft 365: “Authenticated SMTP” has to be on for that mailbox, under{' '}
        <Menu path={['Admin center', 'Users', 'Mail', 'Manage email apps']} />.
      </li>
      <li>A group address under “To” saves changing this when people change.</li>
    </Guide>
  ),
  slack: (
    <Guide title="Make an incoming webhook" lead="At api.slack.com/apps, signed in to your workspace.">
      <li>
        <Menu path={['Create New App', 'From scratch']} />, called Patchbay, in your workspace.
      </li>
      <li>
        <Menu path={['Incoming Webhooks', 'Activate Incoming Webhooks']} />: On.
      </li>
      <li>
        <Menu path={['Add New Webhook']} />, choose the channel that messages go to, then Allow.
      </li>
      <li>Copy the webhook address and enter it here. Whoever has it can write to that channel.</li>
    </Guide>
  ),
  teams: (
    <Guide title="Make a workflow" lead="In Teams, at the channel or chat that messages go to.">
      <li>
        <Menu path={['⋯ beside the channel', 'Workflows']} />.
      </li>
      <li>
        Look for “webhook” and choose the template that posts to a channel (or chat) when a webhook request is received.
      </li>
      <li>Sign in, check the team and channel, then add the workflow.</li>
      <li>Copy the address that it shows and enter it here. It belongs to the person who made the workflow.</li>
      <li>Addresses of the older “Incoming Webhook” connector don’t work any more.</li>
    </Guide>
  ),
  sms: (
    <Guide title="What you need from Twilio" lead="At console.twilio.com. Each message costs what Twilio charges.">
      <li>
        Account SID and auth token: <Menu path={['Account Dashboard', 'Account Info']} />.
      </li>
      <li>
        A number that can send text messages: <Menu path={['Phone Numbers', 'Manage', 'Active numbers']} />. For numbers
        in the USA it has to be registered (A2P 10DLC).
      </li>
      <li>A trial account reaches numbers that you have verified there, and no others.</li>
      <li>Choose for which rules: a text message is for what can’t wait until the morning.</li>
    </Guide>
  ),
  webhook: (
    <Guide title="What is sent" lead="A POST request with JSON, signed as Standard Webhooks says.">
      <li>
        The headers <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>. There
        are libraries that check them at standardwebhooks.com.
      </li>
      <li>
        The receiver needs the signing secret that you copy here. A message may come twice: <code>webhook-id</code>{' '}
        tells.
      </li>
      <li>Answer with 2xx within a few seconds; anything else counts as not arrived and is tried again.</li>
    </Guide>
  ),
  heartbeat: (
    <Guide
      title="What it is for"
      lead="When this computer is off or has no network, Patchbay can’t tell you. Somebody outside has to notice."
    >
      <li>
        Make a check at a watchman such as healthchecks.io, Better Stack or Uptime Kuma, with a period as long as the
        one here and some minutes of grace.
      </li>
      <li>Copy its ping address and enter it here.</li>
      <li>Tell the watchman whom to reach when the heartbeat stops.</li>
    </Guide>
  ),
}

const otherGateway = (
  <Guide title="What the gateway has to take" lead="Look for “HTTP API” or “send SMS” in its manual.">
    <li>A POST request at one address, signed in with a user and a password (basic authentication).</li>
    <li>
      The body as JSON or as a form. Write it as the manual shows it, with <code>{'{from}'}</code>,{' '}
      <code>{'{to}'}</code> and <code>{'{text}'}</code> where these belong.
    </li>
    <li>An answer of 2xx when the message is taken.</li>
  </Guide>
)
