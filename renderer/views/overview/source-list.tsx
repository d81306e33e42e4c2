import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { rhythmWords } from '#renderer/state/overview-words.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { SourceRhythm } from '#shared/domain/overview.ts'
import styles from './side-list.module.css'

/** When each source was heard of last, and whether that is long ago for it. */
export function SourceList({ sources }: { sources: readonly SourceRhythm[] }) {
  return (
    <Section title="Sources" lead="When each was heard of last.">
      {sources.length === 0 ? (
        <EmptyState icon="inbox" title="There is no source yet">
          Add one under <a href="#/connections">Connections</a>; then changes begin to arrive.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {sources.map((source) => (
            <Source key={source.id} source={source} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Source({ source }: { source: SourceRhythm }) {
  const tone = source.isUnusuallyQuiet ? 'wait' : source.lastEventAt === null ? 'quiet' : 'good'
  return (
    <li className={styles.item} data-tone={tone}>
      <div className={styles.line}>
        <span className={styles.icon}>
          <Icon name={tone} size={13} />
        </span>
        <a className={styles.name} href={addressOf('live', [], { filter: `source:${source.id}` })}>
          {source.name}
        </a>
        <span className={styles.value}>{source.lastEventAt === null ? 'never' : <Time at={source.lastEventAt} />}</span>
      </div>
      <p className={styles.note} data-loud={source.isUnusuallyQuiet}>
        {rhythmWords(source)}
      </p>
    </li>
  )
}
