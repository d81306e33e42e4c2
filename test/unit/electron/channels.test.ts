import { expect, it } from 'vitest'
import { portMessages } from '#electron/ipc/channels.ts'
import { portMessages as portMessagesOfPage } from '#renderer/client/message-port.ts'

it('page and preload use the same words', () => {
  expect(portMessages).toEqual(portMessagesOfPage)
})
