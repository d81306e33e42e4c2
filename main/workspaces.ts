import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '#main/base/clock.ts'
import { PlainError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import type { GlancedRecord, Sandbox, SandboxAddresses, SystemGlance } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { lookAside } from '#main/store/look-aside.ts'
import { systemName, type SystemName } from '#shared/domain/record.ts'
import { faultKind, faultTexts } from '#shared/domain/sandbox.ts'
import type {
  SandboxDeed,
  SandboxQuery,
  SandboxState,
  SimulatedRecord,
  SimulatedSystem,
} from '#shared/domain/sandbox.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { startEngine, type Engine } from './engine.ts'
import { furnishSandbox } from './engine/configure/furnish.ts'
import { keptInFile, recoveryDesk, type KeyKeeping } from './engine/upkeep/recovery-desk.ts'
import type { Commanded, Recovery, Relay, SandboxMood, Workspaces } from './relay.ts'

export interface WorkspacesOptions {
  readonly dataFolder: string
  readonly dataKey: Uint8Array
  /** How the data key is kept; in a file unless told otherwise. */
  readonly keyKeeping?: KeyKeeping
  /** 0: any free port. */
  readonly receiverPort: number
  readonly version: string
  readonly logger: Logger
  readonly startInSandbox: boolean
  /** Bytes kept aside on the disk for the moment when it is full; 256 MB unless told otherwise. */
  readonly reserveBytes?: number
  /** The whole address that opens the console at a place; null as long as there is none. */
  readonly linkTo?: (hash: string) => string | null
}

const databaseName = 'patchbay.db'

/** Enough for the outcomes of a night's work. */
const defaultReserveBytes = 256 * 1024 * 1024

/** The open workspaces, and the way to end them. */
export interface OpenWorkspaces extends Workspaces {
  readonly receiverUrl: string
  /** How to reach the simulated systems; null outside the sandbox. */
  readonly sandbox: SandboxAddresses | null
  /** The machine is about to sleep. */
  suspend(): void
  wake(): void
  close(): Promise<void>
}

/** Starts the relay in the sandbox or with the real configuration. */
export async function openWorkspaces(options: WorkspacesOptions): Promise<OpenWorkspaces> {
  const workspaces = new WorkspaceSwitch(options)
  await workspaces.open(options.startInSandbox)
  return workspaces
}

/**
 * One relay at a time: the one with the real configuration, or the one for the sandbox.
 *
 * The two never share a database, so that nothing simulated can reach a real system. The receiver keeps its port over a switch.
 */
class WorkspaceSwitch implements OpenWorkspaces {
  readonly recovery: Recovery
  readonly #options: WorkspacesOptions
  readonly #listeners = new Set<() => void>()
  #engine: Engine | null = null
  #sandbox: Sandbox | null = null
  #mood: SandboxMood = calm
  #port: number
  #switching: Promise<void> = Promise.resolve()

  constructor(options: WorkspacesOptions) {
    this.#options = options
    this.#port = options.receiverPort
    const { dataFolder, dataKey, keyKeeping: keeping = keptInFile } = options
    this.recovery = recoveryDesk({ dataFolder, dataKey, keeping, clock: systemClock })
  }

  get relay(): Relay {
    return this.#running()
  }

  get receiverUrl(): string {
    return this.#running().receiverUrl
  }

  get sandbox(): SandboxAddresses | null {
    return this.#sandbox?.addresses ?? null
  }

  onSwitch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  startSandbox(): Promise<void> {
    return this.#switchTo(true)
  }

  leaveSandbox(): Promise<void> {
    return this.#switchTo(false)
  }

  async setTraffic(perMinute: number): Promise<Commanded<null>> {
    if (this.#sandbox === null) return outsideSandbox
    await this.#sandbox.setTraffic(perMinute)
    this.#mood = { ...this.#mood, perMinute }
    return { ok: true, value: null }
  }

  async setFault(system: 'salesforce' | 'connectwise', fault: string | null, isOn: boolean): Promise<Commanded<null>> {
    const sandbox = this.#sandbox
    if (sandbox === null) return outsideSandbox
    const kind = fault === null ? null : faultKind.safeParse(fault).data
    if (kind === undefined) return { ok: false, code: 'INVALID', reason: `There is no fault ${fault}.` }
    if (kind === null || isOn) await sandbox.setFault(system, kind === null ? null : { kind })
    else await sandbox.heal(system, kind)
    const { faults } = (await sandbox.look({ entities: [], records: 0 }))[system]
    this.#mood = { ...this.#mood, faults: { ...this.#mood.faults, [system]: faults.at(-1)?.kind ?? null } }
    return { ok: true, value: null }
  }

  async sandboxState({ entities, records }: SandboxQuery): Promise<Commanded<SandboxState>> {
    if (this.#sandbox === null) return outsideSandbox
    const glance = await this.#sandbox.look({ entities: entities ?? null, records })
    const systems = systemName.options.map((system) => describeSystem(system, glance[system]))
    return { ok: true, value: { perMinute: this.#mood.perMinute, systems } }
  }

  async actInSandbox({ system, id, ...deed }: SandboxDeed): Promise<Commanded<SimulatedRecord>> {
    if (this.#sandbox === null) return outsideSandbox
    const done = await this.#sandbox.act(system, { ...deed, id: id ?? null })
    if (!done.ok) return { ok: false, code: 'INVALID', reason: done.reason }
    return { ok: true, value: describeRecord(done.record) }
  }

  suspend(): void {
    this.#engine?.suspend()
  }

  wake(): void {
    this.#engine?.wake()
  }

  async close(): Promise<void> {
    await this.#switching
    await this.#stop()
  }

  async open(inSandbox: boolean): Promise<void> {
    const folder = inSandbox ? join(this.#options.dataFolder, 'sandbox') : this.#options.dataFolder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (inSandbox) this.#mood = { ...calm, real: lookAside(join(this.#options.dataFolder, databaseName)) }
    if (inSandbox) this.#sandbox = await startSandboxThread({ file: join(folder, 'simulated-systems.db') })
    this.#engine = await startEngine({
      databaseFile: join(folder, databaseName),
      dataKey: this.#options.dataKey,
      receiverPort: this.#port,
      version: this.#options.version,
      logger: this.#options.logger,
      clock: systemClock,
      // What the sandbox loses can be made up again.
      reserveBytes: inSandbox ? 0 : (this.#options.reserveBytes ?? defaultReserveBytes),
      sandbox: this.#sandbox?.addresses ?? null,
      sandboxMood: () => this.#mood,
      linkTo: (hash) => this.#options.linkTo?.(hash) ?? null,
    })
    this.#port = Number(new URL(this.#engine.receiverUrl).port)
    if (this.#sandbox === null) return
    await furnishSandbox(this.#engine, this.#sandbox.addresses)
    await this.#sandbox.announceTo(this.#engine.receiverUrl)
  }

  /** One switch after the other; one that fails leads back to where it came from and tells why. */
  #switchTo(inSandbox: boolean): Promise<void> {
    const done = this.#switching.then(async () => {
      if ((this.#sandbox !== null) === inSandbox) return
      await this.#stop()
      try {
        await this.open(inSandbox)
      } catch (thrown) {
        await this.#stop()
        await this.open(!inSandbox)
        throw thrown
      } finally {
        if (this.#engine !== null) for (const listener of this.#listeners) listener()
      }
    })
    this.#switching = done.catch(() => {})
    return done
  }

  /** Ends what runs, each part whatever became of the others. */
  async #stop(): Promise<void> {
    const [engine, sandbox] = [this.#engine, this.#sandbox]
    this.#engine = null
    this.#sandbox = null
    this.#mood = calm
    const ends = [() => sandbox?.announceTo(null), () => engine?.stop(), () => sandbox?.close()]
    for (const end of ends) {
      try {
        await end()
      } catch (error) {
        this.#options.logger.error({ err: error }, 'a part did not stop as it should')
      }
    }
  }

  #running(): Engine {
    if (this.#engine === null)
      throw new PlainError('Patchbay is changing over between the sandbox and the real systems.')
    return this.#engine
  }
}

function describeSystem(system: SystemName, { faults, entities }: SystemGlance): SimulatedSystem {
  const isOn = (kind: string): boolean => faults.some((one) => one.kind === kind)
  return {
    system,
    faults: faultKind.options.map((kind) => ({ kind, ...faultTexts[kind], isOn: isOn(kind) })),
    entities: entities.map(({ entity, count, newest }) => ({
      entity,
      count,
      records: newest.map(describeRecord),
    })),
  }
}

function describeRecord({ id, values, changedAt, byRelay }: GlancedRecord): SimulatedRecord {
  return { id, title: readTitle(values), values, changedAt, byPatchbay: byRelay }
}

const calm: SandboxMood = { perMinute: 0, faults: { salesforce: null, connectwise: null } }

const outsideSandbox = { ok: false, code: 'CONFLICT', reason: 'This works in the sandbox only.' } as const
