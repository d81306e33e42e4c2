import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { trayFaces, trayLook, type TrayFace } from '#electron/tray/tray-look.ts'
import { root } from '#main/setup/ensure.mjs'
import type { RelayStatus } from '#shared/contract/shell.ts'
import type { Health, HealthState, QueueHealth } from '#shared/domain/health.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { trayPoints, trayScales } from '#test/icons/tray-sizes.ts'

const ready: RelayStatus = { phase: 'ready', sentence: null, crashes: 0, nextStartAt: null }
const nothing = { pending: 0, leased: 0, waiting: 0, parked: 0, dead: 0, oldestOpenAt: null }
const everything: Pause = { scope: 'everything', id: '', reason: 'Maintenance', who: 'console', pausedAt: 0 }

const health = (
  queue: Partial<QueueHealth> = {},
  state: HealthState = 'ok',
  pauses: readonly Pause[] = [],
): Health => ({
  state,
  sentence: '',
  version: '1.0.0',
  workspace: 'live',
  startedAt: 0,
  receiverUrl: '',
  sandbox: null,
  connections: [],
  sources: [],
  queue: { ...nothing, ...queue },
  pauses: [...pauses],
})

it.each<[string, Partial<RelayStatus>, Health | null, TrayFace, string]>([
  ['nothing to do', {}, health(), 'well', 'Patchbay: all is well'],
  ['work', {}, health({ pending: 3, leased: 1, waiting: 2 }), 'working', 'Patchbay: working: 2 waiting, 4 on the way'],
  [
    'a dead letter',
    {},
    health({ dead: 2, leased: 1 }),
    'failing',
    'Patchbay: something needs you: 2 failed, 1 on the way',
  ],
  ['a choice', {}, health({ parked: 1 }), 'failing', 'Patchbay: something needs you: 1 to decide'],
  ['a connection down', {}, health({}, 'down'), 'failing', 'Patchbay: something needs you'],
  ['a pause, whatever failed', {}, health({ dead: 1 }, 'ok', [everything]), 'paused', 'Patchbay: paused: 1 failed'],
  ['the first start', { phase: 'starting' }, null, 'stopped', 'Patchbay: starting'],
  ['an end', { phase: 'waiting', crashes: 1 }, health(), 'stopped', 'Patchbay: the relay ended and is started again'],
  ['quitting', { phase: 'stopping' }, health(), 'stopped', 'Patchbay: finishing what is under way'],
  ['a failed start', { phase: 'failed', sentence: 'No room.' }, null, 'stopped', 'Patchbay: not working. No room.'],
  ['another one', { phase: 'attached' }, health(), 'well', 'Patchbay: all is well'],
])('%s', (_what, status, heard, face, tooltip) => {
  expect(trayLook({ ...ready, ...status }, heard)).toMatchObject({ face, tooltip })
})

it('counts what goes out when everything is resumed: what is due and what is tried again, not what a person decides', () => {
  const queue = { pending: 3, waiting: 2, parked: 4, dead: 5 }
  expect(trayLook(ready, health(queue, 'ok', [everything]))).toMatchObject({ waiting: 5, open: 9 })
})

it('keeps within what Windows shows', () => {
  expect(trayLook({ ...ready, phase: 'failed', sentence: 'x'.repeat(500) }, null).tooltip).toHaveLength(127)
})

it('has a picture of its own for each state and each scale of the screen, of that size', () => {
  const folder = join(root, 'electron/resources/tray')
  const pictures = trayFaces.flatMap((face) =>
    trayScales.map(({ scale, suffix }) => ({ scale, png: readFileSync(join(folder, `${face}${suffix}.png`)) })),
  )
  for (const { png, scale } of pictures) {
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([trayPoints * scale, trayPoints * scale])
  }
  expect(new Set(pictures.map(({ png }) => png.toString('base64'))).size).toBe(pictures.length)
  expect(readdirSync(folder)).toHaveLength(pictures.length)
})
