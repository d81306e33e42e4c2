import { Button, Group, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { goTo, useCall } from '#renderer/state/console-context.ts'
import { sentenceOf } from '#renderer/state/host-error.ts'
import { mappingAddress } from '#renderer/state/mappings/mapping-place.ts'
import {
  documentOf,
  likelyIdentity,
  missingOf,
  nothingChosen,
  suggestedName,
  type NewMapping,
} from '#renderer/state/mappings/new-mapping.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { systemName, type SystemName } from '#shared/domain/record.ts'
import { NewMappingSide } from './new-mapping-side.tsx'
import styles from './new-mapping.module.css'

/** Makes the first version of a mapping: its name, what it carries, and what a record is recognised by. */
export function NewMappingForm({ onClose }: { onClose: () => void }) {
  const call = useCall()
  const [draft, setDraft] = useState<NewMapping>(nothingChosen)
  const [isNamed, setNamed] = useState(false)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const asked = {
    salesforce: useSide('salesforce', draft.salesforce.entity),
    connectwise: useSide('connectwise', draft.connectwise.entity),
  }
  const wanted = isNamed ? draft : { ...draft, name: suggestedName(draft) }
  const missing = missingOf(wanted)

  const here = asked.salesforce.schema.value?.fields
  const there = asked.connectwise.schema.value?.fields
  useEffect(() => {
    const likely = here === undefined || there === undefined ? null : likelyIdentity(here, there)
    if (likely === null) return
    setDraft((last) => {
      // What a person has chosen stays.
      if (last.salesforce.field !== '' || last.connectwise.field !== '') return last
      const side = (system: SystemName) => ({ ...last[system], field: likely[system] })
      return { ...last, salesforce: side('salesforce'), connectwise: side('connectwise') }
    })
  }, [here, there])

  async function save() {
    setTried(true)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    setFailed(null)
    try {
      // Asked for right before, so that two people don't make versions of one.
      const taken = (await call.mappings.list()).map(({ mappingId }) => mappingId)
      const saved = await call.mappings.save({ document: documentOf(wanted, taken), note: 'Begun.' })
      goTo(mappingAddress(saved.mappingId))
    } catch (error) {
      setFailed(error)
      setBusy(false)
    }
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {systemName.options.map((system) => (
        <NewMappingSide
          key={system}
          system={system}
          side={draft[system]}
          {...asked[system]}
          missing={tried ? missing : null}
          onChange={(side) => setDraft({ ...draft, [system]: side })}
        />
      ))}
      <p className={styles.soft}>
        A record whose two fields agree is taken for the same one, and joined instead of made anew. More fields and more
        ways to recognise a record follow in the editor.
      </p>
      <TextInput
        label="Name"
        required
        maxLength={100}
        error={tried ? missing['name'] : null}
        value={wanted.name}
        onChange={(event) => {
          setNamed(true)
          setDraft({ ...draft, name: event.currentTarget.value })
        }}
      />
      {failed !== null && (
        <p className={styles.failed} role="alert" data-tone="bad">
          The mapping could not be saved. {sentenceOf(failed)}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          Make the mapping
        </Button>
      </Group>
    </form>
  )
}

/** What a system says of its entities, and of the fields of the chosen one. */
function useSide(system: SystemName, entity: string) {
  const connections = useAnswer('connections', (call) => call.connections.list())
  const id = connections.value?.find(({ connection }) => connection.kind === system)?.connection.id
  const entities = useAnswer(`entities of ${id ?? ''}`, (call) =>
    id === undefined ? Promise.resolve(null) : call.schema.entities({ connectionId: id }),
  )
  const schema = useAnswer(`fields of ${id ?? ''} ${entity}`, (call) =>
    id === undefined || entity === '' ? Promise.resolve(null) : call.schema.describe({ connectionId: id, entity }),
  )
  const loading = entities.loading || connections.loading
  return { entities: { ...entities, loading, failed: connections.failed ?? entities.failed }, schema }
}
