import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { email, type EmailSettings } from '#main/alerts/channels/email.ts'
import type { Sent } from '#main/alerts/channels/channel.ts'
import { trustLocalhostCertificate } from '#test/support/localhost-certificate.ts'
import { startMailServer, type MailServer, type MailServerTraits } from '#test/support/mail-server.ts'
import { outgoing } from '#test/support/outgoing-message.ts'

let server: MailServer
let distrust: () => void
beforeAll(() => {
  distrust = trustLocalhostCertificate()
})
afterAll(() => distrust())
afterEach(() => server.close())

const idle = new AbortController().signal

async function sendTo(
  traits: MailServerTraits,
  settings: Partial<EmailSettings> = {},
  { password = 'tickets', message = outgoing(), host = 'localhost' } = {},
): Promise<Sent> {
  server = await startMailServer(traits)
  const usual = {
    host,
    port: server.port,
    security: 'starttls',
    user: 'ada',
    from: 'Patchbay <relay@msp.test>',
  } as const
  return email({ ...usual, to: ['ada@msp.test', 'bob@msp.test'], ...settings }, password).send(message, idle)
}

/** The letter as its reader sees it: soft line breaks of quoted-printable undone. */
function read(source = ''): string {
  return source.replaceAll('=\r\n', '')
}

describe('mail', () => {
  it.each([
    ['STARTTLS', {}, {}],
    ['TLS', { secure: true }, { security: 'tls' }],
  ] as const)('goes by %s to all recipients, signed in, as text and HTML', async (_name, traits, settings) => {
    expect(await sendTo(traits, settings)).toEqual({ ok: true })
    expect(server.letters).toMatchObject([{ to: ['ada@msp.test', 'bob@msp.test'], user: 'ada', isEncrypted: true }])
    const source = read(server.letters[0]?.source)
    expect(source).toContain('Subject: [Patchbay] Critical: Salesforce refuses the sign-in')
    expect(source).toContain('Message-ID: <msg_abc_7@patchbay.invalid>')
    expect(source).toContain('<b>Jones & Sons</b> wait.')
    expect(source).toContain('&lt;b&gt;Jones &amp; Sons&lt;/b&gt; wait.')
    expect(source).toContain('Open it in Patchbay: http://127.0.0.1:7421/#/alerts/12')
  })

  it.each(['resolved', 'all-clear'] as const)(
    'says of %s that it is good news, however grave it was',
    async (reason) => {
      await sendTo({}, {}, { message: outgoing({ reason }) })
      const source = read(server.letters[0]?.source)
      expect(source).toContain('Subject: [Patchbay] Resolved: Salesforce refuses the sign-in')
      expect(source).not.toMatch(/Critical|X-Priority: 1/u)
    },
  )

  it('never goes in the clear where STARTTLS was chosen', async () => {
    const done = await sendTo({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
    expect(done).toMatchObject({
      ok: false,
      again: false,
      sentence: expect.stringContaining('no encryption') as string,
    })
    expect(server.letters).toEqual([])
  })

  it('goes without encryption to a server on this machine only', async () => {
    const traits = { disabledCommands: ['STARTTLS'], authOptional: true }
    const settings = { security: 'none', user: null } as const
    expect(await sendTo(traits, settings)).toEqual({ ok: true })
    expect(server.letters).toMatchObject([{ isEncrypted: false }])
    const away = email({ ...settings, host: 'mail.msp.test', port: 25, from: 'a@b', to: ['a@b'] }, '')
    expect(await away.send(outgoing(), idle)).toMatchObject({ ok: false, again: false })
  })

  it('says that the sign-in was refused', async () => {
    expect(await sendTo({}, {}, { password: 'wrong' })).toMatchObject({
      ok: false,
      again: false,
      sentence: 'The mail server refuses the sign-in as ada (535 Invalid username or password).',
      fix: expect.stringContaining('password') as string,
    })
  })

  it('says that the server speaks another TLS than was chosen', async () => {
    expect(await sendTo({}, { security: 'tls' })).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('does not speak TLS from the start') as string,
    })
  })

  it('says that a certificate is not trusted', async () => {
    distrust()
    try {
      expect(await sendTo({})).toMatchObject({
        ok: false,
        again: true,
        sentence: expect.stringContaining('certificate') as string,
      })
    } finally {
      distrust = trustLocalhostCertificate()
    }
  })

  it('tries again later when nothing answers, or nobody knows the host', async () => {
    server = await startMailServer()
    await server.close()
    const settings: EmailSettings = {
      host: '127.0.0.1',
      port: server.port,
      security: 'starttls',
      user: null,
      from: 'a@b',
      to: ['a@b'],
    }
    expect(await email(settings, '').send(outgoing(), idle)).toMatchObject({
      ok: false,
      again: true,
      sentence: `Nothing answers at 127.0.0.1:${server.port}.`,
    })
    const unknown = await email({ ...settings, host: 'mail.invalid' }, '').send(outgoing(), idle)
    expect(unknown).toMatchObject({
      ok: false,
      again: true,
      sentence: expect.stringContaining('mail.invalid') as string,
    })
  })

  it.each([
    [550, false],
    [450, true],
  ])('says who was not taken (%i), and does not write to the others again', async (status, again) => {
    const first = await sendTo({ refuses: { 'bob@msp.test': status } })
    expect(first).toMatchObject({ ok: false, again, reached: ['ada@msp.test'] })
    await server.close()
    expect(await sendTo({}, {}, { message: outgoing({ reached: ['ada@msp.test'] }) })).toEqual({ ok: true })
    expect(server.letters).toMatchObject([{ to: ['bob@msp.test'] }])
  })

  it('can be stopped in the middle', async () => {
    server = await startMailServer()
    const stop = new AbortController()
    stop.abort()
    const settings: EmailSettings = {
      host: 'localhost',
      port: server.port,
      security: 'starttls',
      user: null,
      from: 'a@b',
      to: ['a@b'],
    }
    expect(await email(settings, '').send(outgoing(), stop.signal)).toMatchObject({ ok: false, again: true })
    expect(server.letters).toEqual([])
  })
})
