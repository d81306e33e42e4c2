import type { SandboxInfo } from '#shared/domain/health.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { SliceTools } from './console-state.ts'
import { count } from './wording.ts'

/** What this window set itself, until the host says it in its health. */
export interface SandboxSlice {
  readonly perMinute: number | null
  /** The speed that was ordered last and is not confirmed yet; null when none is under way. */
  readonly ordered: number | null
  readonly faults: Readonly<Partial<Record<SystemName, string | null>>>
  readonly switching: boolean
  start(): Promise<void>
  leave(): Promise<void>
  traffic(perMinute: number): Promise<void>
  /** Switches a fault on or off beside the others; null heals the system. */
  fault(system: SystemName, fault: string | null, isOn?: boolean): Promise<void>
}

/** Changes a minute that run now; null when nobody said. */
export function trafficNow(info: SandboxInfo, sandbox: SandboxSlice): number | null {
  return sandbox.ordered ?? info.perMinute ?? sandbox.perMinute
}

/** What is broken at a system now; null when it is whole, or nobody said. */
export function faultNow(info: SandboxInfo, sandbox: SandboxSlice, system: SystemName): string | null {
  return info.faults ? info.faults[system] : (sandbox.faults[system] ?? null)
}

/** What it means to go back to real systems. */
export function leaveWords({ waiting }: NonNullable<SandboxInfo['real']>): string {
  const out =
    waiting === null
      ? 'What waits there goes out; how many deliveries that are is not known.'
      : waiting === 0
        ? 'No delivery waits there to go out.'
        : `${count(waiting, 'delivery that waits there goes', 'deliveries that wait there go')} out.`
  return `Patchbay works with your real Salesforce and ConnectWise again: changes are received, and written to them. ${out}`
}

export function createSandboxSlice({ call, get, set, all }: SliceTools<SandboxSlice>): SandboxSlice {
  let orders = 0

  /** Another world: nothing that was loaded holds any more. */
  async function change(work: () => Promise<Parameters<ReturnType<typeof all>['relay']['hear']>[0]>, sorry: string) {
    set({ switching: true })
    try {
      all().relay.hear(await work())
      set({ perMinute: null, faults: {} })
      const { live, failures, connections } = all()
      live.select(null)
      await Promise.all([live.reload(), failures.reload(), connections.reload()])
    } catch (error) {
      all().notices.warn(sorry, error)
    }
    set({ switching: false })
  }

  /** The banner shows what the health says, which would else come a moment later. */
  async function hearOf() {
    all().relay.hear(await call.health.get())
  }

  return {
    perMinute: null,
    ordered: null,
    faults: {},
    switching: false,
    start: () => change(() => call.sandbox.start(), 'The sandbox could not be started.'),
    leave: () => change(() => call.sandbox.leave(), 'The sandbox could not be left.'),
    async traffic(perMinute) {
      const mine = ++orders
      set({ ordered: perMinute })
      try {
        const answer = await call.sandbox.traffic({ perMinute })
        set({ perMinute: answer.perMinute })
        await hearOf()
      } catch (error) {
        all().notices.warn('The traffic could not be changed.', error)
      }
      // What was ordered meanwhile is not overruled by the answer to an earlier order.
      if (mine === orders) set({ ordered: null })
    },
    async fault(system, fault, isOn = true) {
      try {
        await call.sandbox.faults({ system, fault, isOn })
        set({ faults: { ...get().faults, [system]: isOn ? fault : null } })
        await hearOf()
      } catch (error) {
        all().notices.warn('The fault could not be set.', error)
      }
    },
  }
}
