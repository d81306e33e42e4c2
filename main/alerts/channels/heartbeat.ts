import type { Sent } from './channel.ts'
import type { HttpDoor } from './http-door.ts'

/** Asks the outside address that notices when nobody asks any more. */
export function beat(url: string, http: HttpDoor, signal: AbortSignal): Promise<Sent> {
  return http.post({ method: 'GET', url, name: 'The heartbeat monitor', secrets: [] }, signal)
}
