/** From the preload: the page wants a line to the host. */
export const connectChannel = 'host:connect'
/** To the preload: here it is, as the message's one port. */
export const portChannel = 'host:port'

/** What page and preload say to each other; the page's client has the same words in renderer/client/message-port.ts. */
export const portMessages = { wanted: 'patchbay:port-wanted', port: 'patchbay:port' } as const
