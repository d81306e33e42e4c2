import { Button } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { saveFile } from '#renderer/parts/save-file.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useChangedDrafts } from '#renderer/state/mappings/use-mapping-draft.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { ImportButton } from './import-button.tsx'
import { MappingCard } from './mapping-card.tsx'
import { NewMappingButton } from './new-mapping-button.tsx'
import styles from './mapping-list.module.css'

/** All mappings, each with what it joins, who changed it last, and how it is. */
export function MappingList() {
  const answer = useAnswer('mappings', async (call) => {
    const [versions, routes] = await Promise.all([call.mappings.list(), call.routes.list()])
    return { versions, routes }
  })
  const drafts = useChangedDrafts()
  const [run, busy] = useAction()
  const { value, failed, reload } = answer
  const exportAll = () =>
    void run('The file could not be made.', async (call) => {
      const { fileName, text } = await call.configuration.export()
      await saveFile(fileName, [text], 'application/json')
    })
  return (
    <Page
      title="Mappings"
      lead="Which field becomes which, and how its values change on the way."
      actions={
        <>
          <NewMappingButton />
          <ImportButton onImported={reload} />
          <Button
            size="xs"
            variant="default"
            loading={busy}
            leftSection={<Icon name="save" size={13} />}
            title="All mappings and routes as one text file; it holds no secrets"
            onClick={exportAll}
          >
            Export
          </Button>
        </>
      }
    >
      {value === null &&
        (failed === null ? <Waiting /> : <LoadFailure what="The mappings" error={failed} again={reload} />)}
      {value?.versions.length === 0 && (
        <EmptyState icon="mappings" title="No mappings yet">
          They come with the first two connections: set up Salesforce and ConnectWise. You can also import a file, or
          begin one yourself.
        </EmptyState>
      )}
      <ul className={styles.list}>
        {value?.versions.map((version) => (
          <MappingCard
            key={version.mappingId}
            version={version}
            routes={value.routes.filter((route) => route.mappingId === version.mappingId)}
            hasDraft={drafts.has(version.mappingId)}
          />
        ))}
      </ul>
    </Page>
  )
}
