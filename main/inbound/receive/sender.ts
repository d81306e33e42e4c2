import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/** Who is at the other end. */
export interface Sender {
  /** Address of the connection's other end; null when it is gone already. What the allow list is held against. */
  readonly peer: string | null
  /** The same, or behind a tunnel on this machine the address that the tunnel names. What rates are counted by. */
  readonly counted: string
}

/**
 * Reads who sends.
 *
 * A tunnel client on this machine makes every sender look like 127.0.0.1, so that one liar would use up the rate of all. The address
 * the tunnel appended last to `x-forwarded-for` tells them apart. It is believed of loopback peers alone, and for counting alone.
 */
export function readSender(request: IncomingMessage): Sender {
  const remote = request.socket.remoteAddress
  if (remote === undefined) return { peer: null, counted: '' }
  const peer = remote.startsWith('::ffff:') ? remote.slice('::ffff:'.length) : remote
  const forwarded = request.headers['x-forwarded-for']
  if (typeof forwarded !== 'string' || !(peer.startsWith('127.') || peer === '::1')) return { peer, counted: peer }
  const last = forwarded.slice(forwarded.lastIndexOf(',') + 1).trim()
  return { peer, counted: ipaddr.isValid(last) ? last : peer }
}

/**
 * Compiles a list of addresses and CIDR ranges. An empty list lets everyone in. An entry that can't be read matches nobody, so that a
 * slip of the pen never opens the door.
 */
export function allowList(entries: readonly string[]): (peer: string | null) => boolean {
  if (entries.length === 0) return () => true
  const ranges = entries.map((entry) => readRange(entry.trim())).filter((range) => range !== null)
  return (peer) => {
    if (peer === null || !ipaddr.isValid(peer)) return false
    const address = ipaddr.process(peer)
    return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
  }
}

function readRange(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  if (!ipaddr.isValid(entry)) return null
  const address = ipaddr.process(entry)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
