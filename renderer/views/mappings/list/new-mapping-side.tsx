import { Loader, Select } from '@mantine/core'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { sentenceOf } from '#renderer/state/host-error.ts'
import { identityFields, type SideDraft } from '#renderer/state/mappings/new-mapping.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { Answer } from '#renderer/state/use-answer.ts'
import { systemTitle, type SystemName as System } from '#shared/domain/record.ts'
import type { EntityList, EntitySchema } from '#shared/domain/schema.ts'
import styles from './new-mapping.module.css'

interface Props {
  readonly system: System
  readonly side: SideDraft
  /** null: the system is not connected. */
  readonly entities: Answer<EntityList | null>
  readonly schema: Answer<EntitySchema | null>
  /** Sentences of what is missing, by `SYSTEM.entity` and `SYSTEM.field`; null as long as nobody has tried to save. */
  readonly missing: Readonly<Record<string, string>> | null
  readonly onChange: (side: SideDraft) => void
}

/** One side of a new mapping: what it carries, and the field that tells one record from another. */
export function NewMappingSide({ system, side, entities, schema, missing, onChange }: Props) {
  const title = systemTitle[system]
  if (entities.value === null && entities.failed === null && !entities.loading) {
    return (
      <p className={styles.soft}>
        {title} is not connected yet. <a href={addressOf('connections')}>Add the connection</a> first.
      </p>
    )
  }
  const fields = schema.value === null ? [] : identityFields(schema.value.fields)
  return (
    <fieldset className={styles.side}>
      <legend>
        <SystemName system={system} short /> {title}
      </legend>
      <Select
        label="What it carries"
        aria-label={`What it carries in ${title}`}
        placeholder="Choose a kind of record"
        searchable
        allowDeselect={false}
        withScrollArea={false}
        classNames={{ options: styles.options ?? '' }}
        nothingFoundMessage={entities.loading ? 'Loading…' : 'There is none of that name'}
        rightSection={entities.loading ? <Loader size={14} /> : undefined}
        error={entities.failed === null ? missing?.[`${system}.entity`] : sentenceOf(entities.failed)}
        data={(entities.value?.entities ?? []).map(({ name, label }) => ({ value: name, label: named(name, label) }))}
        value={side.entity === '' ? null : side.entity}
        onChange={(entity) => entity !== null && onChange({ entity, field: '' })}
      />
      <Select
        label="Recognised by"
        aria-label={`What a record in ${title} is recognised by`}
        placeholder={side.entity === '' ? 'Choose what it carries first' : 'Choose a field'}
        searchable
        allowDeselect={false}
        disabled={side.entity === ''}
        withScrollArea={false}
        classNames={{ options: styles.options ?? '' }}
        nothingFoundMessage={schema.loading ? 'Loading…' : 'There is none of that name'}
        rightSection={schema.loading && side.entity !== '' ? <Loader size={14} /> : undefined}
        error={schema.failed === null ? missing?.[`${system}.field`] : sentenceOf(schema.failed)}
        data={fields.map(({ name, label }) => ({ value: name, label: named(name, label) }))}
        value={side.field === '' ? null : side.field}
        onChange={(field) => field !== null && onChange({ ...side, field })}
      />
    </fieldset>
  )
}

function named(name: string, label: string): string {
  return label === name ? name : `${label} (${name})`
}
