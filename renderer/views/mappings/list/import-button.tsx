import { Button, FileButton, Group, Modal } from '@mantine/core'
import { useRef, useState } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { Icon } from '#renderer/parts/icon.tsx'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { ImportReceipt } from '#shared/domain/configuration-import.ts'
import { ImportPlan } from './import-plan.tsx'
import styles from './import.module.css'

interface Read {
  readonly name: string
  readonly text: string
  readonly plan: ImportReceipt
}

/** Reads a file of mappings and routes, shows what it would change, and changes that once a person has agreed. */
export function ImportButton({ onImported }: { onImported: () => void }) {
  const [read, setRead] = useState<Read | null>(null)
  const [run, busy] = useAction()
  const reset = useRef<() => void>(null)

  const open = (choose: () => Promise<{ readonly name: string; readonly text: string } | null>) =>
    void run('The file could not be read.', async (call) => {
      const file = await choose()
      if (file !== null) setRead({ ...file, plan: await call.configuration.import({ text: file.text, dryRun: true }) })
    })
  const openChosen = (file: File | null) => {
    reset.current?.()
    if (file !== null) open(async () => ({ name: file.name, text: await file.text() }))
  }
  const shell = findShell()
  const button = { size: 'xs', variant: 'default', loading: busy, leftSection: <Icon name="up" size={13} /> } as const
  const changing = read?.plan.items.filter(({ what }) => what === 'add' || what === 'change').length ?? 0
  const isFit = read !== null && read.plan.problems.length === 0 && changing > 0
  const apply = () => {
    if (read === null) return
    void run(
      'The file could not be imported.',
      (call) => call.configuration.import({ text: read.text, dryRun: false }),
      () => `${count(changing, 'mapping or route', 'mappings and routes')} imported from ${read.name}.`,
    ).then((receipt) => {
      if (receipt?.applied === true) {
        setRead(null)
        onImported()
      } else if (receipt !== null) setRead({ ...read, plan: receipt })
    })
  }

  return (
    <>
      {shell === null ? (
        <FileButton onChange={openChosen} accept=".json,application/json" resetRef={reset}>
          {(props) => (
            <Button {...button} {...props}>
              Import…
            </Button>
          )}
        </FileButton>
      ) : (
        <Button
          {...button}
          onClick={() => open(() => shell.openFile({ title: 'Mappings and routes', extensions: ['json'] }))}
        >
          Import…
        </Button>
      )}
      <Modal
        opened={read !== null}
        onClose={() => setRead(null)}
        title={`Import ${read?.name ?? ''}`}
        size="xl"
        centered
      >
        {read !== null && <ImportPlan plan={read.plan} />}
        <p className={styles.soft}>
          Each mapping that changes becomes a new version, so that you can go back. Nothing is removed.
        </p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setRead(null)}>
            Cancel
          </Button>
          <Button data-autofocus disabled={!isFit} loading={busy} onClick={apply}>
            {changing === 0 ? 'Nothing to import' : `Import ${count(changing, 'change')}`}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
