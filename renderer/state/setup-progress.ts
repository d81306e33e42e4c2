import type { Health } from '#shared/domain/health.ts'
import { systemName, systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Checks, ConnectionEntry, ConnectionsSlice, SourceEntry, TestKey } from './connections-slice.ts'
import { count } from './wording.ts'

/** The steps from nothing to the first event carried over, in order. */
export const setupSteps = ['salesforce', 'connectwise', 'sources', 'event', 'routes', 'first'] as const
export type SetupStepName = (typeof setupSteps)[number]

export interface SetupStep {
  readonly name: SetupStepName
  readonly title: string
  readonly state: 'done' | 'trouble' | 'open'
  /** How it stands, in a few words. */
  readonly note: string
  /** It can be gone to. */
  readonly canGo: boolean
}

/** What is known of how far the set-up has come; nothing of it is kept apart, so it can be left and taken up again. */
export interface SetupFacts {
  readonly connections: readonly ConnectionEntry[]
  readonly sources: readonly SourceEntry[]
  readonly routes: readonly Route[]
  readonly tests: ConnectionsSlice['tests']
  readonly health: Health | null
  /** An event was delivered, or found to need nothing. */
  readonly isCarried: boolean
}

/** Each step and how it stands. */
export function setupProgress(facts: SetupFacts): SetupStep[] {
  const here = connectionStep(facts, 'salesforce', 'Salesforce')
  const there = connectionStep(facts, 'connectwise', 'ConnectWise')
  const areJoined = here.isThere && there.isThere
  const ready = facts.sources.filter((entry) => isReady(entry, facts.health))
  const hasEvent = facts.health?.sources.some(({ lastEventAt }) => lastEventAt !== null) === true
  const on = facts.routes.filter((route) => route.enabled)
  return [
    { ...here.step, canGo: true },
    { ...there.step, canGo: here.isThere || there.isThere },
    {
      name: 'sources',
      title: 'Sources',
      state: ready.length > 0 ? 'done' : 'open',
      note: sourcesNote(ready),
      canGo: areJoined,
    },
    {
      name: 'event',
      title: 'Test event',
      state: hasEvent ? 'done' : 'open',
      note: hasEvent ? 'Events come in' : 'See a change arrive',
      canGo: areJoined,
    },
    {
      name: 'routes',
      title: 'Routes',
      state: on.length > 0 ? 'done' : 'open',
      note: on.length > 0 ? `${count(on.length, 'is', 'are')} switched on` : 'Choose what is carried over',
      canGo: areJoined && facts.routes.length > 0,
    },
    {
      name: 'first',
      title: 'First event',
      state: facts.isCarried && on.length > 0 ? 'done' : 'open',
      note: facts.isCarried && on.length > 0 ? 'Carried over' : 'Watch one go across',
      canGo: areJoined && on.length > 0,
    },
  ]
}

/** Where to go on: the first step that is not done. */
export function nextStep(steps: readonly SetupStep[]): SetupStep | null {
  return steps.find(({ state }) => state !== 'done') ?? null
}

/** Whether anything is left that a person has to do; watching the first event is not. */
export function isSetUp(steps: readonly SetupStep[]): boolean {
  return steps.every(({ name, state }) => name === 'first' || state === 'done')
}

/** Can events come in by this source, as far as its settings tell? One that has brought some can. */
export function isReady({ source, secrets }: SourceEntry, health: Health | null): boolean {
  if (!source.enabled) return false
  if (health?.sources.some(({ id, lastEventAt }) => id === source.id && lastEventAt !== null) === true) return true
  switch (source.kind) {
    case 'salesforce-webhook':
      return Object.values(secrets).some(({ set }) => set)
    case 'connectwise-callback':
      return source.settings.publicUrl !== undefined
    case 'connectwise-sql':
      return secrets['password']?.set === true
  }
}

/** Which of the two systems can be heard. */
function sourcesNote(ready: readonly SourceEntry[]): string {
  const hears = (system: SystemName) => ready.some(({ source }) => source.kind.startsWith(system))
  const [heard, unheard] = [systemName.options.filter(hears), systemName.options.filter((one) => !hears(one))]
  if (heard.length === 0) return 'Where events come from'
  if (unheard.length === 0) return `${count(ready.length, 'source')} ready`
  const titles = (systems: readonly SystemName[]) => systems.map((system) => systemTitle[system]).join(', ')
  return `${titles(heard)} ready, ${titles(unheard)} not yet`
}

function connectionStep(
  { connections, tests }: SetupFacts,
  system: SystemName,
  title: string,
): { readonly isThere: boolean; readonly step: Omit<SetupStep, 'canGo'> } {
  const entry = connections.find(({ connection }) => connection.kind === system)
  if (entry === undefined) {
    return { isThere: false, step: { name: system, title, state: 'open', note: 'Address and sign-in' } }
  }
  const key: TestKey = `connection:${entry.connection.id}`
  const checks = tests[key]
  if (checks === 'running') return { isThere: true, step: { name: system, title, state: 'open', note: 'Testing…' } }
  const failed = failedChecks(checks)
  if (failed > 0) {
    return {
      isThere: true,
      step: { name: system, title, state: 'trouble', note: `${count(failed, 'check')} failed` },
    }
  }
  return {
    isThere: true,
    step: { name: system, title, state: 'done', note: checks === undefined ? 'Connected' : 'Tested, works' },
  }
}

function failedChecks(checks: Checks | undefined): number {
  return checks?.filter((check) => !check.ok).length ?? 0
}
