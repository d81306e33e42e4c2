import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningHost } from '#main/host/loopback.ts'
import { openHost, transports } from './transports.ts'
import { TestWorkspaces } from './test-workspaces.ts'

let workspaces: TestWorkspaces
let host: RunningHost
beforeAll(async () => {
  workspaces = new TestWorkspaces()
  host = await openHost(workspaces)
})
afterAll(async () => {
  await host.close()
  await workspaces.close()
})

describe.each(transports)('the recovery passphrase over $name', ({ connect }) => {
  it('is set and never read back', async () => {
    const { call, client } = connect(host)
    const answer = await call.recovery.set({ passphrase: 'four words are enough' })
    expect(answer).toMatchObject({ isSet: true, keptBy: 'file' })
    expect(JSON.stringify(await call.recovery.state())).not.toContain('four words')
    expect(await call.recovery.state()).toEqual(answer)
    client?.close()
  })

  it('is refused when it is too short, without repeating it', async () => {
    const { call, client } = connect(host)
    const refused = await call.recovery.set({ passphrase: 'too-short' }).catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ code: 'INVALID' })
    expect(JSON.stringify(refused)).not.toContain('too-short')
    client?.close()
  })
})
