import { os } from '../implementer.ts'
import { sliceOf } from '../slice.ts'

export const rejections = {
  list: os.rejections.list.handler(({ input, context }) =>
    context.host.reader().read('listRejections', sliceOf(input)),
  ),
}

export const links = {
  list: os.links.list.handler(({ input, context }) =>
    context.host.reader().read('listLinks', { ...input, ...sliceOf(input) }),
  ),
}
