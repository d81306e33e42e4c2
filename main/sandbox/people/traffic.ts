import type { PeoplesAccess } from '#main/sandbox/web/control.ts'
import { idOf } from '#main/sandbox/world/record-table.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { ideas, pick } from './ideas.ts'
import type { Surroundings } from './ideas.ts'

/** What simulated people work with. */
export interface Workplace extends Surroundings {
  readonly salesforce: PeoplesAccess
  readonly connectwise: PeoplesAccess
  atomically<T>(work: () => T): T
}

/** People at work, as many changes a minute as they are told to make. */
export interface Traffic {
  set(perMinute: number): void
  stop(): void
}

/** Changes go out in small groups, so that a high rate needs no timer for each of them. */
const tickMs = 25

/** Makes people who are idle until told otherwise. */
export function createTraffic(workplace: Workplace): Traffic {
  let timer: NodeJS.Timeout | null = null
  let owed = 0
  let before = 0

  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  function tick(perMinute: number): void {
    const now = performance.now()
    owed = Math.min(perMinute / 60, owed + ((now - before) * perMinute) / 60_000)
    before = now
    while (owed >= 1) {
      owed -= 1
      workplace.atomically(() => changeSomething(workplace))
    }
  }

  return {
    stop,
    set: (perMinute) => {
      stop()
      if (perMinute <= 0) return
      owed = 1
      before = performance.now()
      timer = setInterval(() => tick(perMinute), tickMs)
    },
  }
}

/** What people do and how often, in parts of a hundred. */
const habits: readonly (readonly [number, SystemName, string, 'change' | 'create'])[] = [
  [27, 'salesforce', 'Case', 'change'],
  [27, 'connectwise', 'ticket', 'change'],
  [8, 'salesforce', 'Case', 'create'],
  [8, 'connectwise', 'ticket', 'create'],
  [6, 'salesforce', 'Contact', 'change'],
  [6, 'connectwise', 'contact', 'change'],
  [5, 'salesforce', 'Account', 'change'],
  [5, 'connectwise', 'company', 'change'],
  [3, 'salesforce', 'Opportunity', 'change'],
  [3, 'connectwise', 'opportunity', 'change'],
  [2, 'salesforce', 'Contact', 'create'],
]
const total = habits.reduce((sum, [weight]) => sum + weight, 0)

function changeSomething(workplace: Workplace): void {
  let left = workplace.random.below(total)
  for (const [weight, system, entity, what] of habits) {
    if (left < weight) return follow(workplace, system, entity, what)
    left -= weight
  }
}

/** What the dice fell on: a record that is gone, or nothing to belong to, is left alone. */
function follow(workplace: Workplace, system: SystemName, entity: string, what: 'change' | 'create'): void {
  const idea = ideas[system].get(entity)
  const people = workplace[system]
  if (what === 'create') {
    const values = idea?.create(workplace) ?? null
    if (values !== null) people.create(entity, values, 'both')
    return
  }
  const values = idea?.change(workplace) ?? {}
  const doc = pick(workplace, entity)
  if (doc !== null) people.update(entity, idOf(doc), values, 'both')
}
