import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'
import { refusedField, sentenceOf } from './host-error.ts'
import type { SliceTools } from './console-state.ts'

type Inputs = InferContractRouterInputs<Contract>
type Outputs = InferContractRouterOutputs<Contract>

export type ConnectionEntry = Outputs['connections']['list'][number]
export type SourceEntry = Outputs['sources']['list'][number]
export type Checks = Outputs['connections']['test']['checks']
export type Scripts = Outputs['sources']['scripts']

/** A save that was refused: the field, where it is known, and why. */
export interface SaveRefusal {
  readonly field: string | null
  readonly sentence: string
}

export interface ConnectionsSlice {
  readonly connections: readonly ConnectionEntry[]
  readonly sources: readonly SourceEntry[]
  readonly loaded: boolean
  readonly failed: unknown
  /** Findings of the last test by connection; 'running' while it runs. */
  readonly tests: Readonly<Record<string, Checks | 'running'>>
  reload(): Promise<void>
  /** null when saved. */
  saveConnection(input: Inputs['connections']['save']): Promise<SaveRefusal | null>
  saveSource(input: Inputs['sources']['save']): Promise<SaveRefusal | null>
  test(id: ConnectionEntry['connection']['id']): Promise<void>
  /** null when they could not be loaded. */
  loadScripts(id: SourceEntry['source']['id']): Promise<Scripts | null>
}

export function createConnectionsSlice({ call, get, set, all }: SliceTools<ConnectionsSlice>): ConnectionsSlice {
  async function reload() {
    try {
      const [connections, sources] = await Promise.all([call.connections.list(), call.sources.list()])
      set({ connections, sources, loaded: true, failed: null })
    } catch (error) {
      set({ failed: error })
    }
  }

  async function save(work: Promise<unknown>, done: string): Promise<SaveRefusal | null> {
    try {
      await work
    } catch (error) {
      return { field: refusedField(error), sentence: sentenceOf(error) }
    }
    all().notices.tell(done)
    await reload()
    return null
  }

  return {
    connections: [],
    sources: [],
    loaded: false,
    failed: null,
    tests: {},
    reload,
    saveConnection: (input) => save(call.connections.save(input), `${input.connection.name} is saved.`),
    saveSource: (input) => save(call.sources.save(input), `${input.source.name} is saved.`),
    async test(id) {
      const { [id]: last, ...others } = get().tests
      set({ tests: { ...others, [id]: 'running' } })
      try {
        const { checks } = await call.connections.test({ id })
        set({ tests: { ...get().tests, [id]: checks } })
      } catch (error) {
        all().notices.warn('The test could not be run.', error)
        set({ tests: last === undefined || last === 'running' ? others : { ...others, [id]: last } })
      }
    },
    async loadScripts(id) {
      try {
        return await call.sources.scripts({ id })
      } catch (error) {
        all().notices.warn('The scripts could not be loaded.', error)
        return null
      }
    },
  }
}
