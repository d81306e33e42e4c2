/** From the preload of the locked window to the shell, each answered. */
export const unlockChannels = { state: 'unlock:state', open: 'unlock:open', quit: 'unlock:quit' } as const
