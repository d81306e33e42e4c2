import { Button } from '@mantine/core'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { saveFile } from '#renderer/parts/save-file.ts'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { Waiting } from '../frame/waiting.tsx'
import styles from './support-section.module.css'

/** What a support bundle holds, to be read before it is saved. Nothing is sent anywhere. */
export function SupportSection() {
  const preview = useAnswer('support', (call) => call.support.preview())
  const [run, busy] = useAction()
  const save = () =>
    run(
      'The support bundle could not be made.',
      async (call) => {
        const bundle = await call.support.bundle()
        return (await saveFile(bundle.fileName, [bundle.text], bundle.contentType)) ? bundle.fileName : null
      },
      (fileName) => (fileName === null ? null : `${fileName} is saved. Nothing was sent.`),
    )
  return (
    <Section
      title="Support bundle"
      lead="One text file for whoever helps you, without secrets and without values of records."
      actions={
        <Button
          size="xs"
          loading={busy}
          disabled={preview.value === null}
          leftSection={<Icon name="save" size={14} />}
          onClick={() => void save()}
        >
          Save as a file
        </Button>
      }
    >
      {preview.value === null &&
        (preview.failed === null ? (
          <Waiting />
        ) : (
          <LoadFailure what="The support bundle" error={preview.failed} again={preview.reload} />
        ))}
      {preview.value !== null && (
        <Panel>
          <div className={styles.parts}>
            {preview.value.map((part) => (
              <Disclosure
                key={part.name}
                title={
                  <>
                    <strong className={styles.name}>{part.name}</strong>
                    <span className={styles.sentence}>{part.sentence}</span>
                  </>
                }
                aside={<span className={styles.sentence}>{showSize(part.text.length)}</span>}
              >
                {() => <TextView text={part.text} />}
              </Disclosure>
            ))}
          </div>
        </Panel>
      )}
    </Section>
  )
}
