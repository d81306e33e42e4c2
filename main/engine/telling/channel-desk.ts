import type { Clock } from '#main/base/clock.ts'
import { createAddressGuard, type AddressGuard } from '#main/alerts/channels/address-guard.ts'
import type { Sent } from '#main/alerts/channels/channel.ts'
import { beat } from '#main/alerts/channels/heartbeat.ts'
import { createHttpDoor, type HttpDoor } from '#main/alerts/channels/http-door.ts'
import { channelSecrets, noAddress, openChannel } from '#main/alerts/channels/open-channel.ts'
import { makeSigningSecret } from '#main/alerts/channels/webhook.ts'
import { Heartbeats } from '#main/alerts/heartbeats.ts'
import { Notifier } from '#main/alerts/notifier.ts'
import type { Channels, ChannelTest, Commanded } from '#main/relay.ts'
import { deleteChannel, loadChannel, loadChannels, saveChannel } from '#main/store/channels.ts'
import { audit } from '#main/store/configuration.ts'
import { giveUpChannel, releaseChannel } from '#main/store/notification-queue.ts'
import { addNotification } from '#main/store/notifications.ts'
import { loadSecrets, namesOfSecrets, saveSecrets } from '#main/store/secrets.ts'
import type { Store } from '#main/store/store.ts'
import type { Channel, ChannelReport } from '#shared/domain/channel.ts'
import type { ChannelHealth } from '#shared/domain/health.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'
import { changedFields } from '#shared/logic/changed-fields.ts'
import { describeChannels } from './channel-health.ts'
import { testMessage, tookTest } from './channel-words.ts'
import { secretsSentence } from '../commands.ts'
import { unfitChannel } from './unfit-channel.ts'

export interface ChannelDeskPorts {
  readonly store: Store
  readonly clock: Clock
  readonly dataKey: Uint8Array
  /** In the sandbox messages may go to programs on this computer. */
  readonly isSandbox: boolean
  /** Whether the relay does its work. */
  readonly mayWrite: () => boolean
  /** Whether telling may write: into the room of the reserve it may while the disk is full, too. */
  readonly mayTell: () => boolean
  readonly linkTo: (hash: string) => string | null
  /** Pushes a message to whoever watches now. */
  readonly showToast: (toast: Toast) => void
  readonly onBug: (error: unknown) => void
}

/** Where people set up how they are told; and what tells them. */
export class ChannelDesk implements Channels {
  readonly #ports: ChannelDeskPorts
  readonly #guard: AddressGuard
  readonly #http: HttpDoor
  readonly #notifier: Notifier
  readonly #heartbeats: Heartbeats

  constructor(ports: ChannelDeskPorts) {
    this.#ports = ports
    this.#guard = createAddressGuard(ports.isSandbox)
    this.#http = createHttpDoor(ports.clock, this.#guard)
    const channelPorts = { ...ports, http: this.#http }
    const working = { ...ports, random: Math.random }
    this.#notifier = new Notifier({
      ...working,
      mayWrite: ports.mayTell,
      open: (channel) => openChannel(channel, this.#secretsOf(channel.id), channelPorts),
    })
    this.#heartbeats = new Heartbeats({
      ...working,
      isAtWork: ports.mayWrite,
      beat: (channel, signal) => this.#beat(channel, signal),
    })
  }

  start(): void {
    this.#notifier.kick()
    this.#heartbeats.reload()
  }

  /** There may be something to tell. */
  kick(): void {
    this.#notifier.kick()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#notifier.stop(), this.#heartbeats.stop()])
    await this.#http.close()
  }

  reports(): readonly ChannelReport[] {
    return this.#ports.store.read((tx) =>
      loadChannels(tx).map(({ channel, ...known }) => {
        const set = namesOfSecrets(tx, `channel:${channel.id}`)
        const names = channelSecrets[channel.kind]
        return {
          channel,
          secrets: Object.fromEntries(names.map((name) => [name, { set: set.includes(name) }])),
          ...known,
        }
      }),
    )
  }

  health(): ChannelHealth[] {
    return describeChannels(this.#ports.store.read(loadChannels))
  }

  async save(channel: Channel, given: Readonly<Record<string, string>>, who: string): Promise<Commanded<Channel>> {
    const { store, clock, dataKey } = this.#ports
    const before = store.read((tx) => loadChannel(tx, channel.id))?.channel ?? null
    if (before !== null && before.kind !== channel.kind)
      return { ok: false, code: 'CONFLICT', reason: `${before.name} is a channel of another kind. Choose another id.` }
    const known = { ...this.#secretsOf(channel.id), ...given }
    const needsSecret = channel.kind === 'webhook' && (known['signingSecret'] ?? '') === ''
    const secrets = needsSecret ? { ...given, signingSecret: makeSigningSecret() } : given
    const unfit = unfitChannel(channel, { ...known, ...secrets }, this.#guard)
    if (unfit !== null) return { ok: false, code: 'INVALID', reason: unfit }
    await store.writeUrgent((tx) => {
      const at = clock.now()
      const changes = changedFields(before, channel)
      audit(tx, {
        at,
        who,
        action: 'save',
        subject: `channel ${channel.id}`,
        detail: secretsSentence(secrets),
        changes,
      })
      saveChannel(tx, channel, at)
      saveSecrets(tx, dataKey, `channel:${channel.id}`, secrets, at)
      if (channel.enabled) releaseChannel(tx, channel.id, at)
      else giveUpChannel(tx, channel.id, `${channel.name} was switched off before this was sent.`)
    })
    this.#heartbeats.reload()
    return { ok: true, value: channel }
  }

  async remove(id: ChannelId, who: string): Promise<boolean> {
    const { store, clock } = this.#ports
    const removed = await store.writeUrgent((tx) => {
      if (!deleteChannel(tx, id)) return false
      const left = giveUpChannel(tx, id, 'The channel was removed before this was sent.')
      const detail = left === 0 ? '' : `${left} notifications had not been sent.`
      audit(tx, { at: clock.now(), who, action: 'remove', subject: `channel ${id}`, detail })
      return true
    })
    this.#heartbeats.reload()
    return removed
  }

  async test(id: ChannelId, who: string): Promise<Commanded<ChannelTest>> {
    const { store, clock, mayWrite } = this.#ports
    const channel = store.read((tx) => loadChannel(tx, id))?.channel
    if (channel === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no channel ${id}.` }
    if (!mayWrite()) return { ok: true, value: diskFull }
    const at = clock.now()
    const entry = { at, who, action: 'test', subject: `channel ${id}` }
    if (channel.kind === 'heartbeat') {
      await store.writeUrgent((tx) => audit(tx, entry))
      return { ok: true, value: told(channel, await this.#heartbeats.beatNow(channel)) }
    }
    const notification = await store.writeUrgent((tx) => {
      audit(tx, entry)
      return addNotification(tx, {
        channelId: id,
        reason: 'test',
        alertIds: [],
        message: testMessage(channel),
        madeAt: at,
        notBefore: at,
      })
    })
    const receipt = this.#notifier.receipt(notification)
    this.#notifier.kick()
    return { ok: true, value: told(channel, await receipt) }
  }

  async renewSecret(id: ChannelId, who: string): Promise<Commanded<string>> {
    const { store, clock, dataKey } = this.#ports
    const channel = store.read((tx) => loadChannel(tx, id))?.channel
    if (channel === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no channel ${id}.` }
    if (channel.kind !== 'webhook')
      return { ok: false, code: 'CONFLICT', reason: `${channel.name} is no webhook, so nothing it sends is signed.` }
    const signingSecret = makeSigningSecret()
    await store.writeUrgent((tx) => {
      const at = clock.now()
      saveSecrets(tx, dataKey, `channel:${id}`, { signingSecret }, at)
      audit(tx, { at, who, action: 'save', subject: `channel ${id}`, detail: secretsSentence({ signingSecret }) })
    })
    return { ok: true, value: signingSecret }
  }

  #beat(channel: Channel, signal: AbortSignal): Promise<Sent> {
    const url = this.#secretsOf(channel.id)['url'] ?? ''
    return url === '' ? Promise.resolve(noAddress(channel)) : beat(url, this.#http, signal)
  }

  #secretsOf(id: ChannelId): Record<string, string> {
    return this.#ports.store.read((tx) => loadSecrets(tx, this.#ports.dataKey, `channel:${id}`))
  }
}

const diskFull: ChannelTest = {
  ok: false,
  sentence: 'The disk is full, so nothing is sent.',
  fix: 'Make room on the disk that holds the database.',
}

function told(channel: Channel, result: Sent): ChannelTest {
  if (result.ok) return { ok: true, sentence: tookTest(channel), fix: null }
  return { ok: false, sentence: result.sentence, fix: result.fix }
}
