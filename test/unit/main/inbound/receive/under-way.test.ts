import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { UnderWay } from '#main/inbound/receive/under-way.ts'

const response = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()))

test('bodies share a bounded room, which is free again once their requests are answered', () => {
  const underWay = new UnderWay(100)
  const first = response()
  const holdFirst = underWay.enter(first)
  const holdSecond = underWay.enter(response())
  expect([holdFirst(60), holdSecond(40), holdSecond(1), holdFirst(1)]).toEqual([true, true, false, false])
  first.emit('close')
  expect([holdSecond(60), holdSecond(1)]).toEqual([true, false])
})

test('is finished when the last request is', async () => {
  const underWay = new UnderWay(100)
  await underWay.finish()
  const responses = [response(), response()]
  for (const one of responses) underWay.enter(one)
  let isDone = false
  const done = underWay.finish().then(() => (isDone = true))
  responses[0]?.emit('close')
  await Promise.resolve()
  expect([isDone, underWay.isFinishing]).toEqual([false, true])
  responses[1]?.emit('close')
  await done
})
