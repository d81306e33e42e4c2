import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createAddressGuard } from '#main/alerts/channels/address-guard.ts'

const allowed = [
  'https://hooks.slack.com/services/T/B/x',
  'https://93.184.216.34/hook',
  'https://[2606:2800:220:1::1]/hook',
  'https://example.com:8443/a?b=c',
]
const refused = [
  'http://hooks.slack.com/services/T/B/x',
  'https://10.0.0.5/hook',
  'https://192.168.1.1',
  'https://172.16.0.1',
  'https://169.254.169.254/latest/meta-data',
  'https://127.0.0.1/hook',
  'https://2130706433/hook',
  'https://0x7f.1/hook',
  'https://localhost/hook',
  'https://[::1]/hook',
  'https://[::ffff:10.0.0.5]/hook',
  'https://[fd00::1]/hook',
  'https://0.0.0.0/hook',
  'https://100.64.0.1/hook',
  'https://user:password@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'nonsense',
]

describe('the addresses that messages may go to', () => {
  it.each(allowed)('has %s among them', (url) => {
    expect(createAddressGuard(false).refusal(url)).toBeNull()
  })

  it.each(refused)('does not have %s among them', (url) => {
    expect(createAddressGuard(false).refusal(url)).toMatch(/\.$/)
  })

  it('has this computer among them in the sandbox, and still nothing of the network around it', () => {
    const sandbox = createAddressGuard(true)
    expect(sandbox.refusal('http://127.0.0.1:80/hook')).toBeNull()
    expect(sandbox.refusal('http://localhost:80/hook')).toBeNull()
    expect(sandbox.refusal('http://10.0.0.5/hook')).not.toBeNull()
    expect(sandbox.refusal('https://10.0.0.5/hook')).not.toBeNull()
  })

  it('refuses a name that leads to this computer when it is resolved', async () => {
    const resolve = (isSandbox: boolean) => promisify(createAddressGuard(isSandbox).lookup)('localhost', { all: true })
    await expect(resolve(false)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
    expect(await resolve(true)).not.toEqual([])
  })
})
