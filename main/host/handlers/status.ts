import { toError } from '#main/base/errors.ts'
import { os } from '../implementer.ts'
import { watchLive } from '../live.ts'

export const health = {
  get: os.health.get.handler(({ context }) => context.host.workspaces.relay.health()),
}

export const live = {
  watch: os.live.watch.handler(async function* ({ input, context, signal }) {
    try {
      yield* watchLive(context.host, input.after, signal ?? new AbortController().signal)
    } catch (thrown) {
      context.host.logger.error({ err: toError(thrown) }, 'The live stream of a console broke off.')
      throw thrown
    }
  }),
}
