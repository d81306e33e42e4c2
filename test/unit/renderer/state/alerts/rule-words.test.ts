import { describe, expect, it } from 'vitest'
import { newRule, storedRule, unfitRule, withMetric } from '#renderer/state/alerts/rule-draft.ts'
import { conditionSentence, ruleSentence, timingSentence } from '#renderer/state/alerts/rule-words.ts'
import { alertMetric, alertMetrics } from '#shared/domain/alert-metric.ts'
import { alertRule, type AlertRule } from '#shared/domain/alert.ts'
import { channelId } from '#shared/domain/ids.ts'

const names = new Map([['route:tickets', 'Tickets to cases']])
const slack = { id: channelId.parse('slack'), name: 'Slack' }

function ruleOf(change: Partial<AlertRule>): AlertRule {
  return { ...newRule([slack.id]), ...change }
}

describe('a rule in words', () => {
  it.each<[Partial<AlertRule>, string]>([
    [{}, 'Success rate of each route below 95 % within 15 minutes'],
    [
      { metric: 'p95', comparison: 'above', threshold: 1_500, scope: { kind: 'route', id: 'tickets' } },
      'Time to delivery, 95 of 100 of “Tickets to cases” above 1.5 seconds within 15 minutes',
    ],
    [
      { metric: 'lag', comparison: 'above', threshold: 90, scope: { kind: 'system', id: 'connectwise' } },
      'Longest wait of ConnectWise above 90 minutes for 15 minutes',
    ],
    [
      { metric: 'disk', threshold: 2_048, scope: { kind: 'all', id: null }, windowMinutes: 120 },
      'Free room on the disk below 2,048 MB for 2 hours',
    ],
    [
      { metric: 'sign-in', comparison: 'above', threshold: 0, scope: { kind: 'connection', id: null } },
      'Sign-in refused by each connection for 15 minutes',
    ],
    [
      { metric: 'silence', comparison: 'above', threshold: 3, scope: { kind: 'source', id: null } },
      'Each source quiet for more than 3 times its usual gap, for 15 minutes',
    ],
    [
      { metric: 'failing', comparison: 'above', threshold: 0, scope: { kind: 'route', id: 'gone' } },
      'Dead letters of “gone” above 0 for 15 minutes',
    ],
  ])('%j', (change, sentence) => {
    expect(conditionSentence(ruleOf(change), names)).toBe(sentence)
  })

  it('names whom it tells, or says that it is shown alone', () => {
    expect(ruleSentence(ruleOf({}), names, [slack])).toMatch(/ → Slack$/)
    expect(ruleSentence(ruleOf({ channels: [] }), names, [slack])).toMatch(/ → shown here only$/)
  })

  it('says when it is quiet and how often it reminds, where it tells anybody', () => {
    const timed = { quietHours: { from: '22:00', to: '06:00' }, remindMinutes: 120 }
    expect(timingSentence(ruleOf(timed))).toBe('Quiet from 22:00 to 06:00. Reminds every 2 hours.')
    expect(timingSentence(ruleOf({ ...timed, channels: [] }))).toBe('')
  })
})

describe('a draft of a rule', () => {
  it.each(alertMetric.options)('is a rule that can be stored after turning to %s', (metric) => {
    const draft = withMetric(newRule([]), metric)
    expect(unfitRule(draft)).toBeNull()
    const rule = alertRule.parse(storedRule(draft, []))
    expect(alertMetrics[metric].scopes).toContain(rule.scope.kind)
    expect(rule.name).toBe(alertMetrics[metric].title)
  })

  it('keeps a scope that the metric knows, and a name that a person gave', () => {
    const draft = ruleOf({ name: 'Tickets', scope: { kind: 'route', id: 'tickets' } })
    expect(withMetric(draft, 'lag')).toMatchObject({ name: 'Tickets', scope: { kind: 'route', id: 'tickets' } })
    expect(withMetric(draft, 'disk').scope).toEqual({ kind: 'all', id: null })
  })

  it('gets an id of its name that is free; one that is stored keeps its own', () => {
    const draft = ruleOf({ name: ' Tickets → late ' })
    expect(storedRule(draft, ['tickets-to-late'])).toMatchObject({ id: 'tickets-to-late-2', name: 'Tickets → late' })
    expect(storedRule(ruleOf({ name: 'New' }), []).id).toBe('new-2')
    const stored = alertRule.parse({ ...draft, id: 'kept' })
    expect(storedRule(stored, ['kept']).id).toBe('kept')
  })

  it.each<[Partial<AlertRule>, RegExp]>([
    [{ name: '  ' }, /needs a name/],
    [{ threshold: Number.NaN }, /Enter a number/],
    [{ threshold: 101 }, /too large/],
    [{ quietHours: { from: '22:00', to: '22:00' } }, /beginning and an end/],
    [{ windowMinutes: 0 }, /not filled in/],
  ])('says what is missing: %j', (change, why) => {
    expect(unfitRule(ruleOf(change))).toMatch(why)
  })
})
