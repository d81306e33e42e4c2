import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'

export const sandbox = {
  start: os.sandbox.start.handler(async ({ context: { host } }) => {
    await host.workspaces.startSandbox()
    return host.workspaces.relay.health()
  }),
  leave: os.sandbox.leave.handler(async ({ context: { host } }) => {
    await host.workspaces.leaveSandbox()
    return host.workspaces.relay.health()
  }),
  traffic: os.sandbox.traffic.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.setTraffic(input.perMinute))
    return { perMinute: input.perMinute }
  }),
  faults: os.sandbox.faults.handler(async ({ input, context }) => {
    granted(await context.host.workspaces.setFault(input.system, input.fault))
    return { ok: true }
  }),
}
