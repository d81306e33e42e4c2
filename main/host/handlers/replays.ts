import type { ReplayId } from '#shared/domain/ids.ts'
import type { ReplayDetail } from '#shared/domain/replay.ts'
import { fixSelection } from '#shared/logic/fixed-times.ts'
import type { HostCall, HostContext } from '../host-context.ts'
import { os } from '../implementer.ts'
import { granted, invalid, notFound } from '../refusals.ts'
import { estimateCalls } from '../replay-calls.ts'
import { sliceOf } from '../slice.ts'

export const replays = {
  list: os.replays.list.handler(({ input, context }) => context.host.reader().read('listReplays', sliceOf(input))),
  create: os.replays.create.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.replay(input, context.who)),
  ),
  plan: os.replays.plan.handler(async ({ input, context: { host } }) => {
    const reader = host.reader()
    const wanted = fixSelection(input, host.clock.now())
    const [{ costs, upTo, ...plan }, routes] = await Promise.all([
      reader.read('planReplay', wanted),
      reader.read('listRoutes'),
    ])
    const { connections } = host.workspaces.relay.health()
    return { ...plan, selection: { ...wanted, upTo }, calls: estimateCalls(plan.groups, costs, routes, connections) }
  }),
  preview: os.replays.preview.handler(async ({ input, context: { host } }) => {
    const { mode, payload, limit, after, ...wanted } = input
    if ((mode === 'edited') !== (payload !== undefined))
      throw invalid('payload', 'The mode "edited" and a payload go together.')
    const selection = fixSelection(wanted, host.clock.now())
    const { items, next } = await host.reader().read('matchingDeliveries', selection, sliceOf({ limit, after }))
    const { replays: desk } = host.workspaces.relay
    return { items: [...(await desk.preview({ deliveryIds: items, mode, payload }))], next }
  }),
  undo: os.replays.undo.handler(async ({ input, context }) => ({
    replayId: granted(await context.host.workspaces.relay.replays.undo(input, context.who)),
  })),
  get: os.replays.get.handler(({ input, context }) => read(context.host, input.id)),
  items: os.replays.items.handler(async ({ input, context }) => {
    await read(context.host, input.id)
    return context.host.reader().read('replayItems', input.id, sliceOf(input))
  }),
  pause: os.replays.pause.handler(({ input, context }) => control(context, input.id, 'pause')),
  resume: os.replays.resume.handler(({ input, context }) => control(context, input.id, 'resume')),
  cancel: os.replays.cancel.handler(({ input, context }) => control(context, input.id, 'cancel')),
}

async function control(
  { host, who }: HostCall,
  id: ReplayId,
  what: 'pause' | 'resume' | 'cancel',
): Promise<ReplayDetail> {
  granted(await host.workspaces.relay.replays.control(id, what, who))
  return read(host, id)
}

async function read(host: HostContext, id: ReplayId): Promise<ReplayDetail> {
  const replay = await host.reader().read('replayDetail', id)
  if (replay === null) throw notFound(`replay ${id}`)
  return replay
}
