import { lookup as ask } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Keeps requests that people's settings cause out of the network that Patchbay stands in. */
export interface AddressGuard {
  /** Why nothing is sent to an address; null: it may be. Names are looked at when they are resolved. */
  refusal(url: string): string | null
  /** Resolves names as Node does, and refuses those that lead to where nothing may be sent: also when a name changes between two requests. */
  readonly lookup: LookupFunction
}

/** Stands among the errors after which it is certain that nothing was sent. */
const refusedCode = 'EADDRNOTAVAIL'

/** `allowLoopback`: in the sandbox, whose messages may go to programs on this computer. */
export function createAddressGuard(allowLoopback: boolean): AddressGuard {
  const mayGo = (address: string): boolean => {
    const range = ipaddr.isValid(address) ? ipaddr.process(address).range() : 'invalid'
    return range === 'unicast' || (allowLoopback && range === 'loopback')
  }

  const lookup: LookupFunction = (hostname, options, done) =>
    ask(hostname, { ...options, all: true }, (error, found) => {
      const refused = error ?? (found.every(({ address }) => mayGo(address)) ? null : insideError(hostname))
      const [first] = found ?? []
      if (refused !== null || first === undefined) return done(refused ?? insideError(hostname), '')
      if (options.all === true) done(null, found)
      else done(null, first.address, first.family)
    })

  return {
    lookup,
    refusal(text) {
      if (!URL.canParse(text)) return "The address can't be read."
      const url = new URL(text)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const isLocal = host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')
      if (url.username !== '' || url.password !== '') return 'The address holds a user name or password.'
      if (url.protocol !== 'https:' && !(allowLoopback && isLocal && url.protocol === 'http:'))
        return 'The address does not begin with https://.'
      if (isLocal && allowLoopback) return null
      if (isLocal || (ipaddr.isValid(host) && !mayGo(host)))
        return `${host} is an address inside this computer's own network, where Patchbay sends no messages.`
      return null
    },
  }
}

function insideError(hostname: string): NodeJS.ErrnoException {
  const sentence = `${hostname} leads into this computer's own network, where Patchbay sends no messages`
  return Object.assign(new Error(sentence), { code: refusedCode })
}
