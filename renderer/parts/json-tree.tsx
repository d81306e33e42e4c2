import { useState } from 'react'
import type { Json } from '#shared/domain/record.ts'
import styles from './json-tree.module.css'

/** Children shown at once; large lists are opened piece by piece. */
const step = 100

/** A JSON value as a tree; branches are built when they are opened. */
export function JsonTree({ value }: { value: Json }) {
  return (
    <div className={styles.tree}>
      <Node name={null} value={value} depth={0} />
    </div>
  )
}

function Node({ name, value, depth }: { name: string | null; value: Json; depth: number }) {
  if (value === null || typeof value !== 'object') {
    return (
      <div className={styles.line}>
        <Name name={name} />
        <Leaf value={value} />
      </div>
    )
  }
  return <Branch name={name} value={value} depth={depth} />
}

function Branch({
  name,
  value,
  depth,
}: {
  name: string | null
  value: Exclude<Json, string | number | boolean | null>
  depth: number
}) {
  const [open, setOpen] = useState(depth < 2)
  const [shown, setShown] = useState(step)
  const entries = Object.entries(value)
  const isList = Array.isArray(value)
  return (
    <div>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.sign}>{open ? '−' : '+'}</span>
        <Name name={name} />
        <span className={styles.size}>{isList ? `[ ${entries.length} ]` : `{ ${entries.length} }`}</span>
      </button>
      {open && (
        <div className={styles.children}>
          {entries.slice(0, shown).map(([key, child]) => (
            <Node key={key} name={key} value={child} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <button type="button" className={styles.fold} onClick={() => setShown(shown + step)}>
              Show {Math.min(step, entries.length - shown)} more of {entries.length}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Name({ name }: { name: string | null }) {
  return name === null ? null : <span className={styles.name}>{name}: </span>
}

function Leaf({ value }: { value: string | number | boolean | null }) {
  const kind = value === null ? 'null' : typeof value
  return (
    <span className={styles.leaf} data-kind={kind}>
      {JSON.stringify(value)}
    </span>
  )
}
