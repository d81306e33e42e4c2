import { Select } from '@mantine/core'
import { useState } from 'react'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { deedChoices, deedOf, doerChoices, doerOf } from '#renderer/state/audit-words.ts'
import { addressOf } from '#renderer/state/place.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { AuditDetail } from './audit-detail.tsx'
import { AuditWords } from './audit-words-input.tsx'
import type { SectionProps } from './settings-screen.tsx'
import { changedFieldWords } from './changed-field-words.ts'
import styles from './audit-section.module.css'

const columns: readonly Column<AuditEntry>[] = [
  { name: 'time', title: 'When', width: '116px', cell: (entry) => <Time at={entry.at} /> },
  { name: 'who', title: 'Who', width: '84px', cell: doerOf },
  { name: 'deed', title: 'Did', width: '150px', cell: (entry) => <strong>{deedOf(entry)}</strong> },
  { name: 'subject', title: 'To what', width: 'minmax(0, 1fr)', cell: (entry) => entry.subject },
  { name: 'detail', title: 'More', width: 'minmax(0, 1.4fr)', cell: (entry) => <More entry={entry} /> },
]

/** Who did what, newest first; filtered by person, deed and words, all of which stand in the address. */
export function AuditSection({ query }: SectionProps) {
  const { action = '', text = '', who = '' } = query
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const list = usePages<AuditEntry>(`audit ${who} ${action} ${text}`, (call, after) =>
    call.audit.list({
      limit: 100,
      ...(who && { who }),
      ...(action && { action }),
      ...(text && { text }),
      ...(after && { after }),
    }),
  )
  const filter = (change: Record<string, string>) =>
    goTo(addressOf('settings', ['audit'], { who, action, text, ...change }), true)
  const isFiltered = who !== '' || action !== '' || text !== ''
  return (
    <div className={styles.section}>
      <div className={styles.filters}>
        <AuditWords text={text} onChange={(words) => filter({ text: words })} />
        <Select
          size="xs"
          w={140}
          clearable
          aria-label="Who"
          placeholder="Anybody"
          data={doerChoices}
          value={who === '' ? null : who}
          onChange={(value) => filter({ who: value ?? '' })}
        />
        <Select
          size="xs"
          w={190}
          clearable
          searchable
          aria-label="Did"
          placeholder="Anything"
          data={deedChoices}
          value={action === '' ? null : action}
          onChange={(value) => filter({ action: value ?? '' })}
        />
      </div>
      {list.failed !== null && list.items.length === 0 && (
        <LoadFailure what="The audit log" error={list.failed} again={list.reload} />
      )}
      {list.ended && list.items.length === 0 && (
        <EmptyState icon="shield" title={isFiltered ? 'Nobody did such a thing' : 'Nobody has done anything yet'}>
          What people order or change is noted here: saved settings, pauses, replays, discards, syncs and exports.
        </EmptyState>
      )}
      {list.items.length > 0 && (
        <div className={styles.body}>
          <DataList
            label="Audit log, newest first"
            columns={open === null ? columns : columns.slice(0, 4)}
            items={list.items}
            idOf={(entry) => entry.id}
            openId={open?.id ?? null}
            onOpen={setOpen}
            onEnd={list.loadMore}
            foot={list.ended ? 'That is where the log begins.' : 'Loading older…'}
          />
          {open !== null && <AuditDetail entry={open} onClose={() => setOpen(null)} />}
        </div>
      )}
    </div>
  )
}

function More({ entry: { changes, detail } }: { entry: AuditEntry }) {
  const fields = changes.map(({ field }) => changedFieldWords(field)).join(', ')
  const text = [detail, fields === '' ? '' : `changed: ${fields}`].filter((part) => part !== '').join(' · ')
  return <span title={text}>{text}</span>
}
