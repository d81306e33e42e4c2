import { Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Time } from '#renderer/parts/time.tsx'
import { addressOf } from '#renderer/state/place.ts'
import { storedMatch } from '#renderer/state/route-draft.ts'
import { countSentence } from '#renderer/state/route-words.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { sentenceOf } from '#renderer/state/host-error.ts'
import { actionWords, count } from '#renderer/state/wording.ts'
import type { MatchCount } from '#shared/contract/route-calls.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import styles from './match-preview.module.css'

/** A pause in typing after which the count is taken anew (ms). */
const pauseMs = 300

/** How many of the latest events the route would take, and a few of them; follows what is typed. */
export function MatchPreview({ draft }: { readonly draft: Route }) {
  const match = storedMatch(draft.match)
  const [asked] = useDebouncedValue(JSON.stringify({ from: draft.from, match }), pauseMs)
  const isEmpty = match.actions.length === 0
  const answer = useAnswer(asked, async (call) => (isEmpty ? null : call.routes.count({ from: draft.from, match })))
  const system = systemTitle[draft.from]
  return (
    <aside className={styles.preview} aria-label="Recent events">
      <h2 className={styles.title}>Recent events {answer.loading && <Loader size={12} aria-label="Counting" />}</h2>
      <div role="status">
        {isEmpty && <p className={styles.soft}>Nothing is chosen, so nothing would match.</p>}
        {answer.failed !== null && <p className={styles.soft}>They can’t be counted: {sentenceOf(answer.failed)}</p>}
        {!isEmpty && answer.value !== null && <Counted found={answer.value} system={system} />}
      </div>
      {answer.value !== null && answer.value.examples.length > 0 && (
        <ul className={styles.examples} aria-label="Events that would match">
          {answer.value.examples.map((event) => (
            <li key={event.id}>
              <a href={addressOf('live', [event.id])}>{event.title ?? event.recordId}</a>
              <span>
                {event.entity} {actionWords[event.action]}, <Time at={event.receivedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </aside>
  )
}

function Counted({ found, system }: { readonly found: MatchCount; readonly system: string }) {
  const share = found.events === 0 ? 0 : (100 * found.matching) / found.events
  return (
    <>
      <p className={styles.sentence}>{countSentence(found, system)}</p>
      {found.events > 0 && (
        <div className={styles.bar} aria-hidden>
          <span style={{ width: `${share}%` }} />
        </div>
      )}
      {found.unknown > 0 && (
        <p className={styles.soft}>
          {count(found.unknown, 'more depends', 'more depend')} on fields that the event did not carry. The record is
          read first, then it is decided.
        </p>
      )}
      {found.failing > 0 && (
        <p className={styles.bad}>
          The expression fails on {count(found.failing, 'event')}: {found.failure}
        </p>
      )}
      {found.events > 0 && found.matching > 0 && <p className={styles.soft}>The newest of them:</p>}
    </>
  )
}
