import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { connectionKinds, kinds, sourceKinds } from '../kinds.ts'
import type { Kind } from '../kinds.ts'
import { Wizard } from './wizard.tsx'

interface Props {
  readonly part: 'connection' | 'source'
  readonly id: string
  /** For one that is not there yet. */
  readonly wantedKind: string | undefined
}

/** A connection or source on a page of its own, gone through step by step. */
export function WizardPage({ part, id, wantedKind }: Props) {
  const { connections, sources, loaded } = useConsole((state) => state.connections)
  const connection = connections.find((one) => one.connection.id === id)?.connection
  const source = sources.find((one) => one.source.id === id)?.source
  const stored = part === 'connection' ? connection : source
  const offered: readonly Kind[] = part === 'connection' ? connectionKinds : sourceKinds
  const kind = stored?.kind ?? offered.find((one) => one === wantedKind)
  const back = addressOf('connections')
  if (!loaded) return <Waiting />
  if (kind === undefined) {
    return (
      <EmptyState icon="connections" title={`There is no such ${part}`}>
        <a href={back}>See all connections and sources</a>
      </EmptyState>
    )
  }
  const { readsFrom, title } = kinds[kind]
  if (readsFrom !== undefined && !connections.some((one) => one.connection.kind === readsFrom)) {
    return (
      <EmptyState icon="connections" title={`Connect ${systemTitle[readsFrom]} first`}>
        This source reads records through it.{' '}
        <a href={addressOf('connections', ['connection', readsFrom], { kind: readsFrom })}>Set it up</a>
      </EmptyState>
    )
  }
  return (
    <Page title={stored?.name ?? `New: ${title}`} lead={<a href={back}>All connections and sources</a>}>
      <Wizard kind={kind} id={id} onDone={() => goTo(back)} />
    </Page>
  )
}
