import type { Fault } from '#main/sandbox/sandbox-types.ts'

/** What a fault has to know of a request. */
export interface FaultTarget {
  /** `open` pages need no sign-in; `sign-in` asks for a token; everything else is `data`. */
  readonly kind: 'open' | 'sign-in' | 'data'
  readonly entity: string | null
  readonly isWrite: boolean
}

/** The faults of one simulated system. */
export interface Faults {
  /** Adds a fault in place of one of the same kind and entity; null heals everything. */
  set(fault: Fault | null): void
  /** Takes away the faults of one kind. */
  heal(kind: Fault['kind']): void
  list(): readonly Fault[]
  /** The fault that hits this request, counted as one of its times; null when the request gets through. */
  take(target: FaultTarget): Fault | null
}

const writesByDefault: readonly Fault['kind'][] = ['lock', 'validation', 'timeout-after-write']
const hitsOpen: readonly Fault['kind'][] = ['down', 'slow']
const hitsSignIn: readonly Fault['kind'][] = ['down', 'slow', 'server-error', 'unauthorized']

function hits(fault: Fault, target: FaultTarget): boolean {
  if (target.kind === 'open' && !hitsOpen.includes(fault.kind)) return false
  if (target.kind === 'sign-in' && !hitsSignIn.includes(fault.kind)) return false
  if (fault.entity !== undefined && fault.entity !== target.entity) return false
  return target.isWrite || !(fault.writesOnly ?? writesByDefault.includes(fault.kind))
}

/** Makes an empty list of faults; `onChange` hears of every change of it. */
export function createFaults(onChange: (active: readonly Fault[]) => void): Faults {
  let active: { fault: Fault; left: number }[] = []
  function keep(entries: typeof active): void {
    active = entries
    onChange(active.map((entry) => entry.fault))
  }
  return {
    set: (fault) => {
      if (fault === null) return keep([])
      const others = active.filter((entry) => entry.fault.kind !== fault.kind || entry.fault.entity !== fault.entity)
      keep([...others, { fault, left: fault.times ?? Infinity }])
    },
    heal: (kind) => keep(active.filter((entry) => entry.fault.kind !== kind)),
    list: () => active.map((entry) => (entry.left === Infinity ? entry.fault : { ...entry.fault, times: entry.left })),
    take: (target) => {
      const entry = active.find((candidate) => hits(candidate.fault, target))
      if (entry === undefined) return null
      entry.left -= 1
      if (entry.left <= 0) keep(active.filter((other) => other !== entry))
      return entry.fault
    },
  }
}
