import { SegmentedControl, Select } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import { redirected, type Ends } from '#renderer/state/route-draft.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { addressOf } from '#renderer/state/place.ts'
import { otherSystem, systemName, systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { FormPart } from '#renderer/parts/form-part.tsx'
import styles from '#renderer/parts/form-part.module.css'

interface Props {
  readonly draft: Route
  readonly mappings: readonly MappingDocument[]
  readonly ends: Ends
  readonly onChange: (draft: Route) => void
}

/** Where from, by which mapping, where to. */
export function RouteWay({ draft, mappings, ends, onChange }: Props) {
  const mapping = mappings.find(({ id }) => id === draft.mappingId)
  const turn = (next: MappingDocument | undefined, from: SystemName) => {
    if (next !== undefined) onChange(redirected(draft, next, from, ends))
  }
  return (
    <FormPart title="From and to">
      <div className={styles.fields}>
        <div className={styles.whole}>
          <span className={styles.label} id="route-direction">
            Direction
          </span>
          <SegmentedControl
            size="sm"
            aria-labelledby="route-direction"
            value={draft.from}
            data={systemName.options.map((system) => ({
              value: system,
              label: `${systemTitle[system]} → ${systemTitle[otherSystem(system)]}`,
            }))}
            onChange={(from) => turn(mapping, from)}
          />
        </div>
        <Select
          size="sm"
          label="Mapping"
          description={
            <>
              What becomes of each field. <a href={addressOf('mappings', [draft.mappingId])}>Open it</a>
            </>
          }
          inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false}
          value={draft.mappingId}
          data={mappings.map(({ id, name, salesforce, connectwise }) => ({
            value: id,
            label:
              name.includes(salesforce.entity) && name.includes(connectwise.entity)
                ? name
                : `${name} (${salesforce.entity}, ${connectwise.entity})`,
          }))}
          onChange={(id) =>
            turn(
              mappings.find((one) => one.id === id),
              draft.from,
            )
          }
        />
        <ConnectionChoice
          label="Read from"
          system={draft.from}
          value={draft.sourceConnectionId}
          onChange={(sourceConnectionId) => onChange({ ...draft, sourceConnectionId })}
        />
        <ConnectionChoice
          label="Written to"
          system={otherSystem(draft.from)}
          value={draft.connectionId}
          onChange={(connectionId) => onChange({ ...draft, connectionId })}
        />
      </div>
    </FormPart>
  )
}

/** Which connection of a system; not asked where there is only one to choose. */
function ConnectionChoice({
  label,
  system,
  value,
  onChange,
}: {
  readonly label: string
  readonly system: SystemName
  readonly value: ConnectionId
  readonly onChange: (id: ConnectionId) => void
}) {
  const connections = useConsole((state) => state.connections.connections)
  const choices = connections.filter(({ connection }) => connection.kind === system)
  if (choices.length < 2 && choices[0]?.connection.id === value) return null
  return (
    <Select
      size="sm"
      label={label}
      allowDeselect={false}
      value={value}
      data={choices.map(({ connection }) => ({ value: connection.id, label: connection.name }))}
      onChange={(id) => {
        const chosen = choices.find(({ connection }) => connection.id === id)
        if (chosen !== undefined) onChange(chosen.connection.id)
      }}
    />
  )
}
