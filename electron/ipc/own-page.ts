import type { WebFrameMain } from 'electron'
import { isOwnPage } from '../windows/navigation-guard.ts'

/** Does a message come from the top frame of our own page? Nobody else is answered, whatever page a window may have come to show. */
export function isFromOwnPage({ senderFrame }: { readonly senderFrame: WebFrameMain | null }): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)
}
