import { expect, it } from 'vitest'
import { relayNote } from '#renderer/state/relay-note.ts'
import type { RelayStatus } from '#shared/contract/shell.ts'

const status = (part: Partial<RelayStatus>): RelayStatus => ({
  phase: 'ready',
  sentence: null,
  crashes: 0,
  nextStartAt: null,
  ...part,
})

it.each<[Partial<RelayStatus>, string, string | null]>([
  [{ phase: 'waiting', crashes: 1, nextStartAt: 0 }, 'The relay ended unexpectedly.', 'Start it now'],
  [{ phase: 'waiting', crashes: 5, sentence: 'Five times.' }, 'does not stay up. Five times.', 'Start it now'],
  [{ phase: 'starting', crashes: 1 }, 'being started again', null],
  [{ phase: 'failed', sentence: 'The disk is full.' }, 'can’t work: The disk is full.', 'Try again'],
  [{ phase: 'taken', sentence: 'Another one works here.' }, 'Another one works here.', 'Try again'],
  [{ phase: 'attached', sentence: 'It does not answer.' }, 'It does not answer.', 'Start one here'],
  [{ phase: 'stopping' }, 'finishes 2 deliveries. Then it ends.', null],
  [{ phase: 'stopping', sentence: 'Then it starts again.' }, 'finishes 2 deliveries. Then it starts again.', null],
])('%j is told and leaves something to do', (part, sentence, restart) => {
  const note = relayNote(status(part), 2)
  expect(note?.sentence).toContain(sentence)
  expect(note?.restart).toBe(restart)
})

it('says nothing while the relay speaks for itself', () => {
  for (const phase of ['ready', 'starting', 'attached', 'stopped'] as const)
    expect(relayNote(status({ phase }), 0)).toBeNull()
})
