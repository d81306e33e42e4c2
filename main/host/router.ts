import { conflicts } from './handlers/conflicts.ts'
import { connections } from './handlers/connections.ts'
import { deliveries } from './handlers/deliveries.ts'
import { events } from './handlers/events.ts'
import { links, rejections } from './handlers/lists.ts'
import { pauses } from './handlers/pauses.ts'
import { replays } from './handlers/replays.ts'
import { mappings, routes } from './handlers/routing.ts'
import { sandbox } from './handlers/sandbox.ts'
import { sources } from './handlers/sources.ts'
import { health, live } from './handlers/status.ts'
import { storage } from './handlers/storage.ts'
import { os } from './implementer.ts'

/** The whole contract with its handlers; leaving one out does not compile. */
export const router = os.router({
  conflicts,
  connections,
  deliveries,
  events,
  health,
  links,
  live,
  mappings,
  pauses,
  rejections,
  replays,
  routes,
  sandbox,
  sources,
  storage,
})
