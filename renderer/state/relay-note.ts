import { showTime } from '#renderer/parts/time-format.ts'
import { loopingAfter, type RelayStatus } from '#shared/contract/shell.ts'
import { count, type Tone } from './wording.ts'

/** What the window says of the relay's process while it is not at work, and what a person can do. */
export interface RelayNote {
  readonly tone: Tone
  readonly sentence: string
  /** Shown with a turning wheel: it goes on by itself. */
  readonly isBusy: boolean
  /** Words on the button that starts it again; null: nothing to start. */
  readonly restart: string | null
  readonly hasLog: boolean
}

const safe = 'Nothing that it accepted is lost.'

/**
 * null while there is nothing to say that the relay does not say itself.
 *
 * @param underWay deliveries that were being sent when the relay was heard last
 */
export function relayNote({ crashes, nextStartAt, phase, sentence }: RelayStatus, underWay: number): RelayNote | null {
  const note = (words: string, more: Partial<RelayNote> = {}): RelayNote => ({
    tone: 'bad',
    sentence: words,
    isBusy: false,
    restart: null,
    hasLog: false,
    ...more,
  })
  switch (phase) {
    case 'ready':
    case 'stopped':
      return null
    case 'starting':
      return crashes === 0 ? null : note(`The relay is being started again. ${safe}`, { isBusy: true, hasLog: true })
    case 'waiting': {
      const when = nextStartAt === null ? 'soon' : `at ${showTime.clock(nextStartAt)}`
      const what =
        crashes < loopingAfter ? 'The relay ended unexpectedly.' : `The relay does not stay up. ${sentence ?? ''}`
      const more = { isBusy: crashes < loopingAfter, restart: 'Start it now', hasLog: true }
      return note(`${what} It is started again ${when}. ${safe}`, more)
    }
    case 'failed':
      return note(`Patchbay can’t work: ${sentence ?? 'the log says why.'}`, { restart: 'Try again', hasLog: true })
    case 'taken':
      return note(sentence ?? 'Another Patchbay is at work here.', { restart: 'Try again' })
    case 'attached':
      return sentence === null ? null : note(sentence, { isBusy: true, restart: 'Start one here' })
    case 'stopping': {
      const what = underWay === 0 ? 'what is under way' : count(underWay, 'delivery', 'deliveries')
      return note(`Patchbay finishes ${what}. ${sentence ?? 'Then it ends.'} That takes some seconds at most.`, {
        tone: 'busy',
        isBusy: true,
      })
    }
  }
}
