import { useEffect, useRef } from 'react'
import styles from './pick-box.module.css'

interface Props {
  readonly label: string
  /** null: some of what it stands for is picked. */
  readonly checked: boolean | null
  readonly onChange: (isRange: boolean) => void
}

/** A box that picks a row; with Shift, all rows up to it. In a list that has keys of its own, Tab leads past it. */
export function PickBox({ label, checked, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = checked === null
  }, [checked])
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      tabIndex={-1}
      aria-label={label}
      checked={checked === true}
      onChange={(event) => onChange(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      onClick={(event) => event.stopPropagation()}
    />
  )
}
