import { matchAt } from '#main/store/event-match.ts'
import { os } from '../implementer.ts'
import { notFound } from '../refusals.ts'
import { sliceOf } from '../slice.ts'

export const events = {
  list: os.events.list.handler(({ input, context: { host } }) => {
    const { limit, after, ...criteria } = input
    return host.reader().read('listEvents', { ...matchAt(criteria, host.clock.now()), ...sliceOf({ limit, after }) })
  }),
  get: os.events.get.handler(async ({ input, context }) => {
    const event = await context.host.reader().read('eventDetail', input.id)
    if (event === null) throw notFound(`event ${input.id}`)
    return event
  }),
  count: os.events.count.handler(({ input, context: { host } }) =>
    host.reader().read('countEvents', matchAt(input, host.clock.now())),
  ),
  histogram: os.events.histogram.handler(({ input, context: { host } }) => {
    const { hours, buckets, ...criteria } = input
    const now = host.clock.now()
    const bucketMs = Math.ceil((hours * 3_600_000) / buckets)
    const match = { ...matchAt(criteria, now), receivedFrom: now - buckets * bucketMs }
    return host.reader().read('eventHistogram', { match, buckets, bucketMs })
  }),
  body: os.events.body.handler(async ({ input, context }) => {
    const body = await context.host.reader().read('eventBody', input.id)
    if (body === null) throw notFound(`event ${input.id}`)
    return body
  }),
  bodyPiece: os.events.bodyPiece.handler(async ({ input: { id, from, most }, context }) => {
    const piece = await context.host.reader().read('eventBodyPiece', id, from, most)
    if (piece === null) throw notFound(`event ${id}`)
    return piece
  }),
}
