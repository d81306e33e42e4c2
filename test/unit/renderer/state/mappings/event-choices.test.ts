import { describe, expect, it } from 'vitest'
import { eventChoices } from '#renderer/state/mappings/event-choices.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { Sample } from '#shared/domain/sample.ts'
import { eventOf } from '../samples.ts'

const sample = (eventId: number, name: string, title: string | null = null): Sample => ({
  eventId: eventId as EventId,
  name,
  title,
  system: 'salesforce',
  entity: 'Account',
  recordId: '001A',
  receivedAt: 0,
  keptAt: 0,
  keptBy: 'console',
})
const samples = [sample(1, 'Two owners', 'Acme'), sample(2, 'No phone', 'Globex')]
const events = [eventOf(9), eventOf(2)]
const idsOf = (offered: Parameters<typeof eventChoices>[0]) =>
  eventChoices(offered).groups.map(({ group, items }) => [group, items.map(({ value }) => value)])

describe('the events that a draft can be tried on', () => {
  it('are the test cases by name, then the latest events, each once', () => {
    expect(idsOf({ samples, events, event: null, text: '' })).toEqual([
      ['Test cases', ['1', '2']],
      ['Latest events', ['9']],
    ])
  })

  it.each([
    ['two OWN', [['Test cases', ['1']]]],
    ['globex', [['Test cases', ['2']]]],
    ['nothing of that', []],
  ])('leave out the test cases that %j is not in', (text, left) => {
    expect(idsOf({ samples, events: [], event: null, text })).toEqual(left)
  })

  it('keep the one that is chosen, whatever is looked for', () => {
    const [one, other] = [eventOf(1), eventOf(7)]
    expect(idsOf({ samples, events: [], event: one, text: 'globex' })).toEqual([['Test cases', ['1', '2']]])
    expect(idsOf({ samples: [], events: [], event: other, text: 'x' })).toEqual([['Events found', ['7']]])
    expect(eventChoices({ samples, events, event: one, text: '' }).shown).toBe('Two owners · Acme')
  })
})
