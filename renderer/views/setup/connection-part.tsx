import { useState } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { freeId } from '#renderer/views/connections/kinds.ts'
import { Wizard } from '#renderer/views/connections/wizard/wizard.tsx'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'

/** Connects one of the two systems, by the same wizard as on the connections screen. */
export function ConnectionPart({ system, onNext }: { readonly system: SystemName; readonly onNext: () => void }) {
  const connections = useConsole((state) => state.connections.connections)
  const here = connections.find(({ connection }) => connection.kind === system)?.connection
  const [id] = useState(
    () =>
      here?.id ??
      freeId(
        system,
        connections.map(({ connection }) => connection.id),
      ),
  )
  return (
    <Wizard
      kind={system}
      id={id}
      doneLabel={system === 'salesforce' ? `Go on to ${systemTitle.connectwise}` : 'Go on to the sources'}
      onDone={onNext}
    />
  )
}
