import { Button } from '@mantine/core'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { doerOf } from '#renderer/state/audit-words.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { mappingAddress, versionsAddress } from '#renderer/state/mappings/mapping-place.ts'
import type { Place } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { MappingId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { Comparison } from './comparison.tsx'
import styles from './versions-view.module.css'

const columns: readonly Column<MappingVersion>[] = [
  { name: 'version', title: 'Version', width: '62px', cell: ({ version }) => version },
  { name: 'time', title: 'Saved', width: '112px', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { name: 'author', title: 'By', width: '100px', cell: ({ author }) => doerOf({ who: author }) },
  { name: 'note', title: 'Note', width: 'minmax(0, 1fr)', cell: ({ note }) => <span title={note}>{note}</span> },
]

/** All versions of a mapping; any two of them compared, and the way back to an old one. */
export function VersionsView({ id, place }: { id: string; place: Place }) {
  const versions = useAnswer(`versions of ${id}`, (call) => call.mappings.versions({ id: id as MappingId }))
  const list = versions.value
  if (list === null && versions.failed !== null)
    return <LoadFailure what="The versions" error={versions.failed} again={versions.reload} />
  const [newest] = list ?? []
  if (list === null || newest === undefined) return <Waiting />
  const to = versionOf(place.query['to'], list) ?? newest.version
  const from = versionOf(place.query['from'], list) ?? list.find(({ version }) => version < to)?.version ?? to
  const compare = (first: number, second: number) =>
    goTo(versionsAddress(id, { from: String(first), to: String(second) }), true)
  return (
    <Page
      title={`${newest.document.name}: versions`}
      lead="Each change that was saved, by whom and why. Deliveries use the newest one."
      actions={
        <Button component="a" href={mappingAddress(id)} size="xs" variant="default">
          Back to the editor
        </Button>
      }
      width="fill"
    >
      <div className={styles.body}>
        <DataList
          label="Versions, newest first"
          columns={columns}
          items={list}
          idOf={({ version }) => version}
          openId={to}
          onOpen={({ version }) => {
            const before = list.find((one) => one.version < version)
            compare(before?.version ?? version, version)
          }}
          foot={list.length === 1 ? 'Each change that is saved becomes a version of its own.' : undefined}
        />
        <Comparison
          key={newest.version}
          versions={list}
          from={from}
          to={to}
          onCompare={compare}
          onRolledBack={(version) => {
            versions.reload()
            compare(newest.version, version)
          }}
        />
      </div>
    </Page>
  )
}

function versionOf(text: string | undefined, list: readonly MappingVersion[]): number | null {
  return list.find(({ version }) => String(version) === text)?.version ?? null
}
