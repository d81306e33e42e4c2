import { os } from '../implementer.ts'

export const recovery = {
  state: os.recovery.state.handler(({ context }) => context.host.workspaces.recovery.state()),
  set: os.recovery.set.handler(async ({ input, context: { host, who } }) => {
    const { recovery: desk, relay } = host.workspaces
    const state = await desk.set(input.passphrase)
    await relay.insight.note({ who, action: 'save', subject: 'recovery passphrase', detail: '' })
    return state
  }),
}
