import type { HostContext } from '../host-context.ts'
import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const sandbox = {
  state: os.sandbox.state.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.sandboxState(input)),
  ),
  act: os.sandbox.act.handler(async ({ input, context }) => granted(await context.host.workspaces.actInSandbox(input))),
  start: os.sandbox.start.handler(async ({ context: { host, who } }) => {
    await noteSwitch(host, who, 'The sandbox was started.')
    await host.workspaces.startSandbox()
    await noteSwitch(host, who, 'The sandbox was started.')
    return host.workspaces.relay.health()
  }),
  leave: os.sandbox.leave.handler(async ({ context: { host, who } }) => {
    await host.workspaces.leaveSandbox()
    await noteSwitch(host, who, 'The sandbox was left.')
    return host.workspaces.relay.health()
  }),
  traffic: os.sandbox.traffic.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.setTraffic(input.perMinute))
    return { perMinute: input.perMinute }
  }),
  faults: os.sandbox.faults.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.setFault(input.system, input.fault, input.isOn))
    return { ok: true }
  }),
}

/** Noted where it is seen: the real configuration's log tells when nothing real was done, the sandbox's own when it was in use. */
function noteSwitch(host: HostContext, who: string, detail: string): Promise<void> {
  return host.workspaces.relay.insight.note({ who, action: 'switch', subject: 'sandbox', detail })
}
