import { expect, it } from 'vitest'
import { SendsUnderWay } from '#main/outbound/under-way.ts'
import type { ConnectionId, RouteId, SourceId } from '#shared/domain/ids.ts'

const send = (connection: string) => ({
  connectionId: connection as ConnectionId,
  routeId: 'r' as RouteId,
  sourceId: 's' as SourceId,
})

it('waits for the writes it is asked about, and for no others or later ones', async () => {
  const sends = new SendsUnderWay()
  const leaves = [sends.enter(send('cw')), sends.enter(send('cw'))]
  sends.enter(send('sf'))
  let left: number | null = null
  const ended = sends.ended(({ connectionId }) => connectionId === 'cw', 60_000).then((many) => (left = many))
  sends.enter(send('cw'))
  leaves[0]?.()
  await Promise.resolve()
  expect(left).toBeNull()
  leaves[1]?.()
  expect(await ended).toBe(0)
})

it('says how many it has waited for in vain', async () => {
  const sends = new SendsUnderWay()
  sends.enter(send('cw'))
  expect(await sends.ended(() => true, 1)).toBe(1)
  expect(await sends.ended(() => false, 60_000)).toBe(0)
})
