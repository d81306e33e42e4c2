import { Anchor } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { connectionOf, recordPage } from '#renderer/state/record-address.ts'
import type { KnownRecord } from '#shared/domain/known-record.ts'
import { systemTitle, type RecordRef, type SystemName as System } from '#shared/domain/record.ts'
import styles from './record-side.module.css'

/** One side of a pair: which record it is, its id to copy, and the way to it in its own system. */
export function RecordSide({ system, side }: { system: System; side: KnownRecord['salesforce'] }) {
  const page = useRecordPage(side === null ? null : { system, entity: side.entity, id: side.id })
  return (
    <div className={styles.side}>
      <span className={styles.line}>
        <SystemName system={system} />
        {page !== null && (
          <Anchor className={styles.away ?? ''} href={page} target="_blank" rel="noreferrer" size="xs">
            Open <Icon name="away" size={12} />
            <span className="visually-hidden">in {systemTitle[system]}, in the browser</span>
          </Anchor>
        )}
        {side !== null && <CopyButton text={side.id} what={`the id in ${systemTitle[system]}`} />}
      </span>
      {side === null ? (
        <span className={styles.soft}>No record here</span>
      ) : (
        <span className={styles.name}>
          {side.entity} <code>{side.id}</code>
        </span>
      )}
    </div>
  )
}

function useRecordPage(ref: RecordRef | null): string | null {
  const { connections, loaded, reload, routes } = useConsole((state) => state.connections)
  const workspace = useConsole((state) => state.relay.health?.workspace)
  useEffect(() => {
    if (!loaded) void reload()
  }, [loaded, reload])
  return useMemo(() => {
    if (ref === null || workspace === undefined) return null
    const all = connections.map(({ connection }) => connection)
    const connection = connectionOf(ref, all, routes)
    return connection === null ? null : recordPage(ref, connection, workspace)
  }, [ref, connections, routes, workspace])
}
