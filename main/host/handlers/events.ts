import { os } from '../implementer.ts'
import { notFound } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const events = {
  list: os.events.list.handler(({ input, context }) =>
    context.host.reader().read('listEvents', { ...input, ...sliceOf(input) }),
  ),
  get: os.events.get.handler(async ({ input, context }) => {
    const event = await context.host.reader().read('eventDetail', input.id)
    if (event === null) throw notFound(`event ${input.id}`)
    return event
  }),
  body: os.events.body.handler(async ({ input, context }) => {
    const body = await context.host.reader().read('eventBody', input.id)
    if (body === null) throw notFound(`event ${input.id}`)
    return body
  }),
}
