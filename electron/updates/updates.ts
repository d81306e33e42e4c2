import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { FoundUpdate, UpdateState } from '#shared/domain/update.ts'
import type { UpdateFeed } from './update-feed.ts'
import type { OrderFile } from './update-order.ts'
import { advance, atRest, type UpdateFact, type UpdateWork } from './update-plan.ts'

export interface UpdatePorts {
  readonly version: string
  readonly feed: UpdateFeed
  readonly orders: OrderFile
  readonly clock: Clock
  /** Lets the relay finish what it holds, and ends it. */
  readonly drain: () => Promise<void>
  readonly startRelay: () => void
  /** Copies the database of the ended relay and checks the copy; answers with its file, null when there is no database yet. */
  readonly backUp: () => Promise<string | null>
  /** Keeps the installer for the way back to it; answers with the one of the version at work, null when there is none. */
  readonly keepInstaller: (file: string, version: string) => string | null
}

/** What windows and menus may ask of updates. */
export interface Updates {
  readonly state: UpdateState
  onState(listener: (state: UpdateState) => void): void
  check(): void
  download(): void
  install(): void
  stop(): void
}

const dayMs = 24 * 3_600_000
/** Looked at by the hour, as a timer of a day does not outlive a machine that sleeps at night. */
const lookMs = 3_600_000

/** Carries out what the plan says, one work at a time. Checks daily; anything more is a person's word. */
export function startUpdates(ports: UpdatePorts): Updates {
  const listeners = new Set<(state: UpdateState) => void>()
  let state = atRest
  let lastTry: number | null = null

  function tell(fact: UpdateFact): void {
    const step = advance(state, fact)
    if (step.state !== state) {
      state = step.state
      for (const listener of listeners) listener(state)
    }
    if (step.work !== null) void carryOut(step.work)
  }

  async function carryOut(work: UpdateWork): Promise<void> {
    try {
      const fact = await doWork(work)
      if (fact !== null) tell(fact)
    } catch (thrown) {
      tell({ type: 'failed', sentence: `${failures[work]} ${toError(thrown).message}` })
    }
  }

  async function doWork(work: UpdateWork): Promise<UpdateFact | null> {
    switch (work) {
      case 'check':
        lastTry = ports.clock.now()
        return { type: 'checked', found: await ports.feed.check(), at: ports.clock.now() }
      case 'download':
        return { type: 'downloaded', file: await ports.feed.download((part) => tell({ type: 'progressed', part })) }
      case 'drain':
        await ports.drain()
        return { type: 'drained' }
      case 'back-up':
        return { type: 'backed-up', backup: await ports.backUp() }
      case 'install':
        if (state.phase === 'installing') install(state)
        return null
      case 'start-relay':
        ports.startRelay()
        return null
    }
  }

  function install({ backup, file, version: to }: FoundUpdate & { backup: string | null; file: string }): void {
    const oldInstaller = ports.keepInstaller(file, to)
    const order = { from: ports.version, to, backup, oldInstaller, orderedAt: ports.clock.now() }
    ports.orders.write({ ...order, starts: 0, refusal: null })
    try {
      ports.feed.install()
    } catch (thrown) {
      ports.orders.clear()
      throw thrown
    }
  }

  const look = () => {
    const isDue = lastTry === null || Math.abs(ports.clock.now() - lastTry) >= dayMs
    if (isDue) tell({ type: 'check-wanted' })
  }
  const timer = setInterval(look, lookMs)
  timer.unref()
  return {
    get state() {
      return state
    },
    onState: (listener) => void listeners.add(listener),
    check: () => tell({ type: 'check-wanted' }),
    download: () => tell({ type: 'download-wanted' }),
    install: () => tell({ type: 'install-wanted' }),
    stop: () => clearInterval(timer),
  }
}

const failures: Record<UpdateWork, string> = {
  check: 'The update feed could not be asked.',
  download: 'The update could not be downloaded.',
  drain: 'The relay could not be stopped, so nothing was installed.',
  'back-up': 'No backup could be made, so nothing was installed.',
  install: 'The installer could not be started.',
  'start-relay': 'The relay could not be started again.',
}
