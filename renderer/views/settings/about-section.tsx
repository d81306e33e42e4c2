import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { splitPath } from '#renderer/state/storage-words.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { Workspace } from '#shared/domain/health.ts'
import { otherLicences, packages } from './licences.ts'
import styles from './about-section.module.css'

const worldWords: Record<Workspace, string> = {
  unconfigured: 'Nothing is set up yet',
  sandbox: 'In the sandbox, on simulated systems',
  live: 'On your real systems',
}

/** Which Patchbay this is, where it keeps and receives, and whose work it is made of. */
export function AboutSection() {
  const health = useConsole((state) => state.relay.health)
  const storage = useAnswer('storage', (call) => call.storage.get())
  if (health === null) return null
  const folder = storage.value === null ? null : splitPath(storage.value.databaseFile).folder
  return (
    <>
      <Section title="This Patchbay">
        <Panel>
          <KeyValues
            rows={[
              ['Version', health.version],
              ['Works', worldWords[health.workspace]],
              ['Runs since', <Time key="since" at={health.startedAt} />],
              ['Data folder', folder === null ? '' : <Copied key="folder" text={folder} what="the data folder" />],
              ['Receives at', <Copied key="receiver" text={health.receiverUrl} what="the address of the receiver" />],
              ...(window.location.protocol.startsWith('http')
                ? ([
                    [
                      'This console',
                      <Copied key="console" text={window.location.origin} what="the address of the console" />,
                    ],
                  ] as const)
                : []),
            ]}
          />
        </Panel>
      </Section>
      <Section
        title="Licences"
        lead="Patchbay is free software under the MIT licence. So are the packages that it ships, unless another is named:"
      >
        <Panel>
          <ul className={styles.packages}>
            {packages.map((name) => (
              <li key={name}>
                {name}
                {otherLicences[name] !== undefined && ` (${otherLicences[name]})`}
              </li>
            ))}
          </ul>
        </Panel>
      </Section>
    </>
  )
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <span className={styles.copied}>
      <code>{text}</code> <CopyButton text={text} what={what} />
    </span>
  )
}
