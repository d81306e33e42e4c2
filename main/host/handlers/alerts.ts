import type { AlertDetail } from '#shared/domain/alert.ts'
import type { AlertId } from '#shared/domain/ids.ts'
import type { HostContext } from '../host-context.ts'
import { os } from '../implementer.ts'
import { granted, invalid, notFound } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const alerts = {
  list: os.alerts.list.handler(({ input, context }) =>
    context.host.reader().read('listAlerts', { state: input.state, ruleId: input.ruleId, ...sliceOf(input) }),
  ),
  counts: os.alerts.counts.handler(({ context }) => context.host.reader().read('alertCounts')),
  get: os.alerts.get.handler(({ input, context }) => detailOf(context.host, input.id)),
  acknowledge: os.alerts.acknowledge.handler(async ({ input: { id, note }, context: { host, who } }) => {
    granted(await host.workspaces.relay.alerts.acknowledge(id, note, who))
    return detailOf(host, id)
  }),
  resolve: os.alerts.resolve.handler(async ({ input: { id, note }, context: { host, who } }) => {
    granted(await host.workspaces.relay.alerts.resolve(id, note, who))
    return detailOf(host, id)
  }),
}

export const alertRules = {
  list: os.alertRules.list.handler(({ context }) => context.host.reader().read('listRules')),
  save: os.alertRules.save.handler(async ({ input, context: { host, who } }) =>
    granted(await host.workspaces.relay.alerts.saveRule(input, who)),
  ),
  remove: os.alertRules.remove.handler(async ({ input, context: { host, who } }) => ({
    removed: await host.workspaces.relay.alerts.removeRule(input.id, who),
  })),
  trial: os.alertRules.trial.handler(({ input, context: { host } }) => {
    const { alerts: desk } = host.workspaces.relay
    const rule = desk.whole(input)
    const reason = desk.unfit(rule)
    if (reason !== null) throw invalid('metric', reason)
    return host.reader().read('tryRule', rule, desk.watched(rule), host.clock.now())
  }),
}

async function detailOf(host: HostContext, id: AlertId): Promise<AlertDetail> {
  const alert = await host.reader().read('getAlert', id)
  if (alert === null) throw notFound(`alert ${id}`)
  return alert
}
