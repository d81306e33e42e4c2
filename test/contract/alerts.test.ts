import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { tellNews } from '#main/alerts/tell.ts'
import { insertAlert, addAlertStep } from '#main/store/alerts.ts'
import { addStep } from '#main/store/levels.ts'
import { saveConnection } from '#main/store/configuration.ts'
import type { Contract } from '#shared/contract/contract.ts'
import { type AlertRule } from '#shared/domain/alert.ts'
import type { AlertId, AlertRuleId, ChannelId } from '#shared/domain/ids.ts'
import { minuteMs, minuteOf } from '#shared/logic/rule-history.ts'
import { connectwise } from './documents.ts'
import { overTransport } from './over-transport.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { transports } from './transports.ts'
import { heldRule } from '#test/support/held-rule.ts'

const rule = heldRule({ severity: 'critical', remindMinutes: 60 })

describe.each(transports)('alerts over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, async (opened) => {
    ;({ workspaces, call } = opened)
    await workspaces.live.store.write((tx) => saveConnection(tx, connectwise))
    workspaces.live.configuration.reload()
  })

  /** As the watch would open it. */
  const open = (of: AlertRule = rule, name = 'ConnectWise'): Promise<AlertId> =>
    workspaces.live.store.write((tx) => {
      const alert = {
        rule: of,
        subject: { kind: 'connection' as const, id: name.toLowerCase(), name },
        life: {
          state: 'open' as const,
          value: 1,
          openedAt: 5_000,
          resolvedAt: null,
          reopened: 0,
          told: 'open' as const,
          toldAt: 5_000,
          closedValue: null,
        },
        text: {
          sentence: `${name} does not take deliveries.`,
          whatToDo: 'Wait.',
          place: { screen: 'connections' as const, filter: 'connection:connectwise' },
        },
      }
      const id = insertAlert(tx, alert)
      addAlertStep(tx, id, { at: 5_000, what: 'opened', who: null, note: '', value: 1 })
      tellNews(tx, [{ alert: { ...alert, id }, reason: 'opened', notBefore: 5_000 }], 5_000)
      return id
    })

  it('lists them newest first, a page at a time, by state and by rule', async () => {
    const first = await open()
    const second = await open({ ...rule, id: 'other' as AlertRuleId })
    const page = await call.alerts.list({ limit: 1 })
    expect(page.items).toMatchObject([
      { id: second, ruleId: 'other', state: 'open', severity: 'critical', threshold: 0 },
    ])
    expect((await call.alerts.list({ limit: 1, after: page.next ?? '' })).items).toMatchObject([{ id: first }])
    expect((await call.alerts.list({ ruleId: rule.id })).items).toMatchObject([{ id: first }])
    expect((await call.alerts.list({ state: 'resolved' })).items).toEqual([])
    expect(await call.alerts.counts()).toEqual({ open: 2, acknowledged: 0, worst: 'critical' })
    expect((await call.health.get()).alerts).toEqual({ open: 2, acknowledged: 0, worst: 'critical' })
    await expect(call.alerts.list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('takes what people do, names them, and tells the others', async () => {
    const id = await open()
    const acknowledged = await call.alerts.acknowledge({ id, note: 'On it.' })
    expect(acknowledged).toMatchObject({ state: 'acknowledged', acknowledged: { who, note: 'On it.' }, resolved: null })
    expect(await call.alerts.acknowledge({ id, note: 'Me too.' })).toMatchObject({ acknowledged: { note: 'On it.' } })
    expect(await call.alerts.counts()).toEqual({ open: 0, acknowledged: 1, worst: null })
    const resolved = await call.alerts.resolve({ id, note: 'Done.' })
    expect(resolved).toMatchObject({ state: 'resolved', resolved: { who, note: 'Done.' } })
    expect(resolved.steps.map(({ what, who: by }) => [what, by])).toEqual([
      ['opened', null],
      ['acknowledged', who],
      ['resolved', who],
    ])
    expect(resolved.notifications).toMatchObject([
      { reason: 'opened', channelId: 'toast', state: 'waiting', alertIds: [id] },
      { reason: 'resolved', title: 'Over: Held back: ConnectWise' },
    ])
    const deeds = (await call.audit.list({})).items.map(({ action, subject }) => [action, subject])
    expect(deeds).toEqual([
      ['resolve', `alert ${id}`],
      ['acknowledge', `alert ${id}`],
    ])
    await expect(call.alerts.acknowledge({ id, note: '' })).rejects.toMatchObject({ code: 'CONFLICT' })
    const nobody = { id: 99 as AlertId, note: '' }
    for (const ask of [call.alerts.get, call.alerts.acknowledge, call.alerts.resolve])
      await expect(ask(nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps rules, refuses what makes no sense, and ends the alerts of one that is removed', async () => {
    expect(await call.alertRules.list()).toEqual([])
    expect(await call.alertRules.save(rule)).toEqual(rule)
    await call.alertRules.save({ ...rule, id: 'a' as AlertRuleId, name: 'Another', threshold: 0.5 })
    expect((await call.alertRules.list()).map(({ name }) => name)).toEqual(['Another', 'Held back'])
    const unfit = { ...rule, scope: { kind: 'route' as const, id: null } }
    await expect(call.alertRules.save(unfit)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(call.alertRules.trial(unfit)).rejects.toMatchObject({ code: 'INVALID' })
    const id = await open()
    expect(await call.alertRules.remove({ id: rule.id })).toEqual({ removed: true })
    expect(await call.alertRules.remove({ id: rule.id })).toEqual({ removed: false })
    expect(await call.alerts.get({ id })).toMatchObject({
      state: 'resolved',
      resolved: { who, note: 'The rule was removed.' },
    })
    const saved = (await call.audit.list({ action: 'save' })).items
    expect(saved).toMatchObject([{ subject: 'alert rule a' }, { subject: 'alert rule held' }])
  })

  it('takes a rule without what everybody wants alike, names it, and leaves what is not said of a stored one', async () => {
    const order = {
      name: 'Sign-in refused',
      scope: { kind: 'connection', id: null },
      metric: 'sign-in',
      threshold: 0,
      windowMinutes: 5,
      severity: 'critical',
    } as const
    const usual = { comparison: 'above', channels: [], quietHours: null, remindMinutes: null, enabled: true }
    // Two of one name at once are two rules.
    const saved = await Promise.all([call.alertRules.save(order), call.alertRules.save(order)])
    expect(saved.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual([
      { ...order, ...usual, id: 'sign-in-refused' },
      { ...order, ...usual, id: 'sign-in-refused-2' },
    ])
    const id = 'sign-in-refused' as AlertRuleId
    const { scope: _each, ...rest } = order
    const few = { ...rest, scope: { kind: 'connection' as const } }
    await call.alertRules.save({ ...few, id, channels: ['toast' as ChannelId], remindMinutes: 30 })
    expect(await call.alertRules.save({ ...few, id, threshold: 1 })).toEqual({
      ...order,
      ...usual,
      id,
      threshold: 1,
      channels: ['toast'],
      remindMinutes: 30,
    })
    expect(await call.alertRules.trial(few)).toMatchObject({ firings: [] })
    expect(await call.alertRules.save({ ...few, name: 'New' })).toMatchObject({ id: 'new-2' })
  })

  it('tries a rule out on the last days', async () => {
    const hour = 60 * minuteMs
    const now = minuteOf(Date.now())
    await workspaces.live.store.write((tx) => {
      const held = { metric: 'held', scope: 'connection', id: 'connectwise' } as const
      addStep(tx, { metric: 'running', scope: 'all', id: '', value: 1 }, now - 8 * 24 * hour)
      addStep(tx, { ...held, value: 0 }, now - 8 * 24 * hour)
      addStep(tx, { ...held, value: 1 }, now - 30 * hour)
      addStep(tx, { ...held, value: 0 }, now - 29 * hour)
      addStep(tx, { ...held, value: 1 }, now - 2 * hour)
    })
    const trial = await call.alertRules.trial(rule)
    expect(trial).toMatchObject({
      sentence: 'In the last 7 days it would have fired 2 times.',
      firings: [
        {
          subject: { kind: 'connection', id: 'connectwise', name: 'ConnectWise' },
          from: now - 30 * hour + minuteMs,
          until: now - 29 * hour + minuteMs,
          value: 1,
        },
        { from: now - 2 * hour + minuteMs, until: null },
      ],
    })
    const series = await call.metrics.series({ metric: 'held', scope: 'system:connectwise', from: now - hour, to: now })
    expect(series.points.every(({ value }) => value === null)).toBe(true)
    const own = await call.metrics.series({
      metric: 'held',
      scope: 'connection:connectwise',
      from: now - hour,
      to: now,
    })
    expect(own.points.every(({ value }) => value === 1)).toBe(true)
  })
})
