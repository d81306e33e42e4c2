import { Checkbox, TextInput } from '@mantine/core'
import { useDeferredValue, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import {
  fieldTree,
  inExpression,
  usedFields,
  type FieldBranch,
  type KnownField,
} from '#renderer/state/mappings/field-list.ts'
import { fieldWords } from '#renderer/state/mappings/mapping-words.ts'
import { count } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { dragType, useEditor } from './editor-context.ts'
import styles from './field-tree.module.css'

/** Branches drawn at once; a search finds the others. */
const drawn = 150

/** The fields of the system that is read, with examples from real events: to be clicked, or dragged to where they are wanted. */
export function FieldTree() {
  const { document, from, fields } = useEditor()
  const [words, setWords] = useState('')
  const [isUnusedOnly, setUnusedOnly] = useState(false)
  const used = usedFields(document, from)
  const shown = isUnusedOnly ? fields[from].filter(({ name }) => !used.has(name)) : fields[from]
  const branches = fieldTree(shown, useDeferredValue(words))
  return (
    <section className={styles.zone} aria-label={`Fields of ${systemTitle[from]}`}>
      <h2 className={styles.title}>
        <SystemName system={from} short /> {document[from].entity}
        <span className={styles.soft}>{count(fields[from].length, 'field')}</span>
      </h2>
      <TextInput
        size="xs"
        aria-label="Search fields and examples"
        placeholder="Field or example"
        leftSection={<Icon name="search" size={13} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label="Only fields without a row"
        checked={isUnusedOnly}
        onChange={(event) => setUnusedOnly(event.currentTarget.checked)}
      />
      <ul className={styles.list}>
        {branches.slice(0, drawn).map((branch) => (
          <Branch key={branch.name} branch={branch} used={used} />
        ))}
      </ul>
      {branches.length > drawn && (
        <p className={styles.foot}>{branches.length - drawn} more: search for what you need.</p>
      )}
      {branches.length === 0 && (
        <p className={styles.foot}>
          {fields[from].length === 0 ? 'No field is known yet.' : 'No field and no example has these words.'}
        </p>
      )}
    </section>
  )
}

function Branch({ branch, used }: { branch: FieldBranch; used: ReadonlySet<string> }) {
  const [first] = branch.fields
  const isAlone = branch.fields.length === 1 && first?.name === branch.name
  if (isAlone) return <Leaf field={first} label={first.label} isUsed={used.has(first.name)} />
  return (
    <li>
      <span className={styles.branch}>{branch.label}</span>
      <ul>
        {branch.fields.map((field) => (
          <Leaf key={field.name} field={field} label={tailOf(field.name)} isUsed={used.has(field.name)} />
        ))}
      </ul>
    </li>
  )
}

function Leaf({ field, label, isUsed }: { field: KnownField; label: string; isUsed: boolean }) {
  const { useField: take } = useEditor()
  const [example] = field.examples
  return (
    <li>
      <button
        type="button"
        className={styles.leaf}
        data-used={isUsed}
        draggable
        title={titleOf(field, isUsed)}
        onClick={() => take(field.name)}
        onDragStart={({ dataTransfer }) => {
          dataTransfer.setData(dragType, field.name)
          dataTransfer.setData('text/plain', inExpression(field.name))
          dataTransfer.effectAllowed = 'copy'
        }}
      >
        <span className={styles.name}>
          {label}
          {field.required && <span className={styles.required}> *</span>}
          {isUsed && <span className="visually-hidden"> has a row</span>}
        </span>
        <span className={styles.example}>{example ?? fieldWords(field)}</span>
        {isUsed && (
          <span className={styles.mark}>
            <Icon name="good" size={11} />
          </span>
        )}
      </button>
    </li>
  )
}

function titleOf(field: KnownField, isUsed: boolean): string {
  const examples =
    field.examples.length === 0 ? 'No recent event had a value.' : `For example: ${field.examples.join(', ')}`
  const what = isUsed ? 'Click to go to its row.' : 'Click to add a row for it, or drag it to where you want it.'
  return `${field.name}: ${fieldWords(field)}${field.required ? ', required' : ''}\n${examples}\n${what}`
}

function tailOf(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}
