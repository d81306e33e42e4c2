import { Icon } from './icon.tsx'
import styles from './steps.module.css'

/** A step on the way through a task. */
export interface Step {
  readonly key: string
  readonly title: string
  /** How it stands, in a few words; shown where steps stand below each other. */
  readonly note?: string
  readonly state: 'done' | 'trouble' | 'open'
  /** false: something has to be done first. */
  readonly canGo: boolean
}

interface Props {
  /** What the steps lead to, for screen readers. */
  readonly label: string
  readonly steps: readonly Step[]
  readonly at: string
  readonly onGo: (key: string) => void
  readonly direction?: 'across' | 'down'
}

const words: Record<Step['state'], string> = { done: 'done', trouble: 'needs attention', open: '' }

/** The steps of a task in order, the one in sight marked; those that can be gone to are buttons. */
export function Steps({ label, steps, at, onGo, direction = 'across' }: Props) {
  return (
    <ol className={styles.steps} data-direction={direction} aria-label={label}>
      {steps.map(({ key, title, note, state, canGo }, index) => (
        <li key={key}>
          <button
            type="button"
            className={styles.step}
            aria-current={key === at ? 'step' : undefined}
            disabled={!canGo && key !== at}
            onClick={() => onGo(key)}
          >
            <span className={styles.mark} data-state={state} data-tone={tones[state]}>
              {state === 'open' ? index + 1 : <Icon name={state === 'done' ? 'good' : 'failures'} size={12} />}
            </span>
            <span className={styles.words}>
              <span className={styles.title}>{title}</span>
              <span className="visually-hidden">{words[state]}</span>
              {note !== undefined && <span className={styles.note}>{note}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

const tones = { done: 'good', trouble: 'bad', open: 'quiet' } as const
