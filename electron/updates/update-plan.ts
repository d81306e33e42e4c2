import { assertNever } from '#main/base/errors.ts'
import type { FoundUpdate, UpdateState } from '#shared/domain/update.ts'

/** What happens to an update: a person's word (`...-wanted`), or what came of the work. */
export type UpdateFact =
  | { readonly type: 'check-wanted' }
  | { readonly type: 'checked'; readonly found: FoundUpdate | null; readonly at: number }
  | { readonly type: 'download-wanted' }
  | { readonly type: 'progressed'; readonly part: number }
  | { readonly type: 'downloaded'; readonly file: string }
  | { readonly type: 'install-wanted' }
  | { readonly type: 'drained' }
  | { readonly type: 'backed-up'; readonly backup: string | null }
  /** The work under way came to nothing. */
  | { readonly type: 'failed'; readonly sentence: string }

/** What is to be done next. `start-relay`: it had been drained, and goes on since nothing is installed. */
export type UpdateWork = 'check' | 'download' | 'drain' | 'back-up' | 'install' | 'start-relay'

export interface UpdateStep {
  readonly state: UpdateState
  readonly work: UpdateWork | null
}

export const atRest: UpdateState = { phase: 'idle', checkedAt: null, problem: null }

/** What follows from a fact. One that does not fit the state, such as a second click, changes nothing. */
export function advance(state: UpdateState, fact: UpdateFact): UpdateStep {
  switch (fact.type) {
    case 'check-wanted':
      return state.phase === 'idle' ? next({ ...state, phase: 'checking', problem: null }, 'check') : stay(state)
    case 'checked':
      if (state.phase !== 'checking') return stay(state)
      return fact.found === null
        ? next({ phase: 'idle', checkedAt: fact.at, problem: null })
        : next({ phase: 'available', ...fact.found, problem: null })
    case 'download-wanted':
      return state.phase === 'available'
        ? next({ phase: 'downloading', ...foundIn(state), part: 0 }, 'download')
        : stay(state)
    case 'progressed':
      return state.phase === 'downloading' ? next({ ...state, part: fact.part }) : stay(state)
    case 'downloaded':
      return state.phase === 'downloading'
        ? next({ phase: 'ready', ...foundIn(state), file: fact.file, problem: null })
        : stay(state)
    case 'install-wanted':
      return state.phase === 'ready'
        ? next({ phase: 'draining', ...foundIn(state), file: state.file }, 'drain')
        : stay(state)
    case 'drained':
      return state.phase === 'draining' ? next({ ...state, phase: 'backing-up' }, 'back-up') : stay(state)
    case 'backed-up':
      return state.phase === 'backing-up'
        ? next({ ...state, phase: 'installing', backup: fact.backup }, 'install')
        : stay(state)
    case 'failed':
      return failed(state, fact.sentence)
  }
}

/** One step back, never on: a relay that was drained for an update that does not come about goes on. */
function failed(state: UpdateState, problem: string): UpdateStep {
  switch (state.phase) {
    case 'checking':
      return next({ phase: 'idle', checkedAt: state.checkedAt, problem })
    case 'downloading':
      return next({ phase: 'available', ...foundIn(state), problem })
    case 'draining':
    case 'backing-up':
    case 'installing':
      return next({ phase: 'ready', ...foundIn(state), file: state.file, problem }, 'start-relay')
    case 'idle':
    case 'available':
    case 'ready':
      return stay(state)
    default:
      return assertNever(state)
  }
}

function foundIn({ notes, version }: FoundUpdate): FoundUpdate {
  return { version, notes }
}

function next(state: UpdateState, work: UpdateWork | null = null): UpdateStep {
  return { state, work }
}

function stay(state: UpdateState): UpdateStep {
  return { state, work: null }
}
