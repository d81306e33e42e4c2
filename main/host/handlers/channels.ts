import { os } from '../implementer.ts'

function later(): never {
  throw new Error('to be written')
}

export const channels = {
  list: os.channels.list.handler(later),
  save: os.channels.save.handler(later),
  remove: os.channels.remove.handler(later),
  test: os.channels.test.handler(later),
}

export const notifications = { list: os.notifications.list.handler(later) }
