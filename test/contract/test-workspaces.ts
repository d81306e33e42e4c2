import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlainError } from '#main/base/errors.ts'
import { systemClock } from '#main/base/clock.ts'
import { keptInFile, recoveryDesk } from '#main/engine/upkeep/recovery-desk.ts'
import type { Commanded, Workspaces } from '#main/relay.ts'
import type { SandboxDeed, SandboxState, SimulatedRecord } from '#shared/domain/sandbox.ts'
import { TestRelay } from './test-relay.ts'

/** Two relays to switch between, in a folder of their own. */
export class TestWorkspaces implements Workspaces {
  readonly #folder = mkdtempSync(join(tmpdir(), 'patchbay-host-'))
  readonly #listeners = new Set<() => void>()
  readonly live = new TestRelay(join(this.#folder, 'live.db'))
  readonly sandbox = new TestRelay(join(this.#folder, 'sandbox.db'))
  relay = this.live
  readonly recovery = recoveryDesk({
    dataFolder: this.#folder,
    dataKey: new Uint8Array(32).fill(7),
    keeping: keptInFile,
    clock: systemClock,
  })

  onSwitch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  startSandbox(): Promise<void> {
    this.#switchTo(this.sandbox)
    return Promise.resolve()
  }

  leaveSandbox(): Promise<void> {
    if (this.relay === this.live)
      return Promise.reject(new PlainError('The sandbox is not running.', { fix: 'Start it first.' }))
    this.#switchTo(this.live)
    return Promise.resolve()
  }

  setTraffic(): Promise<Commanded<null>> {
    return Promise.resolve(this.#inSandbox())
  }

  setFault(): Promise<Commanded<null>> {
    return Promise.resolve(this.#inSandbox())
  }

  sandboxState(): Promise<Commanded<SandboxState>> {
    const allowed = this.#inSandbox()
    return Promise.resolve(allowed.ok ? { ok: true, value: { perMinute: 0, systems: [] } } : allowed)
  }

  actInSandbox({ entity, id = '1' }: SandboxDeed): Promise<Commanded<SimulatedRecord>> {
    const allowed = this.#inSandbox()
    const record = { id, title: entity, values: {}, changedAt: 1, byPatchbay: false }
    return Promise.resolve(allowed.ok ? { ok: true, value: record } : allowed)
  }

  async close(): Promise<void> {
    await Promise.all([this.live.close(), this.sandbox.close()])
    rmSync(this.#folder, { recursive: true })
  }

  #inSandbox(): Commanded<null> {
    if (this.relay === this.sandbox) return { ok: true, value: null }
    return { ok: false, code: 'CONFLICT', reason: 'This works in the sandbox only.' }
  }

  #switchTo(relay: TestRelay): void {
    this.relay = relay
    for (const listener of this.#listeners) listener()
  }
}
