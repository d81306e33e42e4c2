import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'
import type { RouteId } from '#shared/domain/ids.ts'
import type { ConnectionHealth } from '#shared/domain/health.ts'
import type { Route } from '#shared/domain/route.ts'
import type { SliceTools } from './console-state.ts'
import { refusedField, sentenceOf } from './host-error.ts'
import { count } from './wording.ts'

type Inputs = InferContractRouterInputs<Contract>
type Outputs = InferContractRouterOutputs<Contract>

export type ConnectionEntry = Outputs['connections']['list'][number]
export type SourceEntry = Outputs['sources']['list'][number]
export type Checks = Outputs['connections']['test']['checks']
/** What can be tested; a connection and a source may have the same id. */
export type TestKey = `connection:${string}` | `source:${string}`

/** A save that was refused: the field, where it is known, and why. */
export interface SaveRefusal {
  readonly field: string | null
  readonly sentence: string
}

export interface ConnectionsSlice {
  readonly connections: readonly ConnectionEntry[]
  readonly sources: readonly SourceEntry[]
  readonly routes: readonly Route[]
  /** Routes that are being switched on or off right now. */
  readonly switching: ReadonlySet<RouteId>
  readonly loaded: boolean
  readonly failed: unknown
  /** Findings of the last test; 'running' while it runs. */
  readonly tests: Readonly<Partial<Record<TestKey, Checks | 'running'>>>
  reload(): Promise<void>
  /** null when saved. `quietly`: without a notice, where what follows tells. */
  saveConnection(input: Inputs['connections']['save'], quietly?: boolean): Promise<SaveRefusal | null>
  saveSource(input: Inputs['sources']['save'], quietly?: boolean): Promise<SaveRefusal | null>
  switchRoute(route: Route, enabled: boolean): Promise<void>
  testConnection(id: ConnectionEntry['connection']['id']): Promise<void>
  /** Tests a connection that is held, and tells what came of it: where all is well, what waits for it goes on at once. */
  tryNow(connection: Pick<ConnectionHealth, 'id' | 'name'>): Promise<void>
  testSource(id: SourceEntry['source']['id']): Promise<void>
  /** Asks a system for changes that nobody has announced, and says how many there were. */
  findMissed(connection: ConnectionEntry['connection']): Promise<void>
}

export function createConnectionsSlice({ call, get, set, all }: SliceTools<ConnectionsSlice>): ConnectionsSlice {
  async function reload() {
    try {
      const [connections, sources, routes] = await Promise.all([
        call.connections.list(),
        call.sources.list(),
        call.routes.list(),
      ])
      set({ connections, sources, routes, loaded: true, failed: null })
    } catch (error) {
      set({ failed: error })
    }
  }

  async function save(work: Promise<unknown>, name: string, quietly = false): Promise<SaveRefusal | null> {
    try {
      await work
    } catch (error) {
      return { field: refusedField(error), sentence: sentenceOf(error) }
    }
    if (!quietly) all().notices.tell(`“${name}” is saved.`)
    await reload()
    return null
  }

  /** A test frees what was held back and learns the limits; neither is pushed at once. Without an answer the next push tells. */
  async function lookAtHealth() {
    try {
      all().relay.hear(await call.health.get())
    } catch {
      // The test itself is over, and its findings stand.
    }
  }

  /** null: it could not be run, which was told. */
  async function test(key: TestKey, run: () => Promise<{ checks: Checks }>): Promise<Checks | null> {
    const { [key]: last, ...others } = get().tests
    set({ tests: { ...others, [key]: 'running' } })
    try {
      const { checks } = await run()
      set({ tests: { ...get().tests, [key]: checks } })
      await lookAtHealth()
      return checks
    } catch (error) {
      all().notices.warn('The test could not be run.', error)
      set({ tests: last === undefined || last === 'running' ? others : { ...others, [key]: last } })
      return null
    }
  }

  function markSwitching(id: RouteId, busy: boolean) {
    const switching = new Set(get().switching)
    if (busy) switching.add(id)
    else switching.delete(id)
    set({ switching })
  }

  return {
    connections: [],
    sources: [],
    routes: [],
    switching: new Set(),
    loaded: false,
    failed: null,
    tests: {},
    reload,
    saveConnection: (input, quietly) => save(call.connections.save(input), input.connection.name, quietly),
    saveSource: (input, quietly) => save(call.sources.save(input), input.source.name, quietly),
    async switchRoute(route, enabled) {
      markSwitching(route.id, true)
      try {
        const saved = await call.routes.save({ ...route, enabled })
        set({ routes: get().routes.map((one) => (one.id === saved.id ? saved : one)) })
      } catch (error) {
        all().notices.warn(`The route “${route.name}” could not be switched ${enabled ? 'on' : 'off'}.`, error)
      }
      markSwitching(route.id, false)
    },
    async testConnection(id) {
      await test(`connection:${id}`, () => call.connections.test({ id }))
    },
    async testSource(id) {
      await test(`source:${id}`, () => call.sources.test({ id }))
    },
    async tryNow({ id, name }) {
      const checks = await test(`connection:${id}`, () => call.connections.test({ id }))
      if (checks === null) return
      const wrong = checks.find(({ ok }) => !ok)
      if (wrong === undefined) all().notices.tell(`${name} answers: what waits for it goes on.`)
      else all().notices.warn(`${name} can’t be used yet.`, new Error(wrong.sentence))
    },
    async findMissed({ id, name }) {
      try {
        const { found } = await call.connections.findMissed({ id })
        if (found === 0)
          all().notices.tell(`Nothing was missed of ${name}. The last two minutes are left to their announcements.`)
        else
          all().notices.tell(`${count(found, 'missed change')} of ${name} found, now on the way.`, {
            label: 'See Live',
            hash: '#/live',
          })
      } catch (error) {
        all().notices.warn(`${name} could not be asked for missed changes.`, error)
      }
    },
  }
}
