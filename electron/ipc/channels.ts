/** From the preload: the page wants a line to the host. */
export const connectChannel = 'host:connect'
/** To the preload: here it is, as the message's one port. */
export const portChannel = 'host:port'

/** From the preload: a call of the shell's contract, with its name and what it is given. */
export const shellChannel = 'shell:call'
/** To the preload: the shell's state has changed. */
export const stateChannel = 'shell:state'
/** To the preload: show this place of the console. */
export const goChannel = 'shell:go'

/** What page and preload say to each other; the page's client has the same words in renderer/client/message-port.ts. */
export const portMessages = { wanted: 'patchbay:port-wanted', port: 'patchbay:port' } as const
