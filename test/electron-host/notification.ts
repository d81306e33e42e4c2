import { EventEmitter } from 'node:events'
import type { Notification as RealNotification, NotificationConstructorOptions } from 'electron'
import { testWire } from './test-wire.ts'

const shown: Notification[] = []

/** A toast: seen once `show` was called, and clicked by the test. */
export class Notification extends EventEmitter implements Pick<RealNotification, 'body' | 'show' | 'title'> {
  readonly title: string
  readonly body: string

  constructor({ body = '', title = '' }: NotificationConstructorOptions) {
    super()
    this.title = title
    this.body = body
  }

  static readonly isSupported: (typeof RealNotification)['isSupported'] = () => true

  show(): void {
    shown.push(this)
    this.emit('show')
  }
}

testWire.handle('toasts', () => shown.map(({ body, title }) => ({ title, body })))
testWire.handle('toast.click', (title: string) => {
  const toast = shown.findLast((one) => one.title === title)
  if (toast === undefined) throw new Error(`there is no toast ${title}`)
  toast.emit('click', {})
})
