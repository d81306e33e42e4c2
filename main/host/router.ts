import { configuration } from './handlers/configuration.ts'
import { conflicts } from './handlers/conflicts.ts'
import { connections } from './handlers/connections.ts'
import { deliveries } from './handlers/deliveries.ts'
import { events } from './handlers/events.ts'
import { failures, views } from './handlers/failures.ts'
import { alertRules, alerts } from './handlers/alerts.ts'
import { channels, notifications } from './handlers/channels.ts'
import { audit, metrics, overview, records, support } from './handlers/insight.ts'
import { links, rejections } from './handlers/lists.ts'
import { pauses } from './handlers/pauses.ts'
import { recovery } from './handlers/recovery.ts'
import { replays } from './handlers/replays.ts'
import { mappings, routes } from './handlers/routing.ts'
import { samples } from './handlers/samples.ts'
import { sandbox } from './handlers/sandbox.ts'
import { schema } from './handlers/schema.ts'
import { sources } from './handlers/sources.ts'
import { health, live } from './handlers/status.ts'
import { storage } from './handlers/storage.ts'
import { os } from './implementer.ts'

/** The whole contract with its handlers; leaving one out does not compile. */
export const router = os.router({
  alertRules,
  alerts,
  audit,
  channels,
  configuration,
  conflicts,
  connections,
  deliveries,
  events,
  failures,
  health,
  links,
  live,
  mappings,
  metrics,
  notifications,
  overview,
  pauses,
  records,
  recovery,
  rejections,
  replays,
  routes,
  samples,
  sandbox,
  schema,
  sources,
  storage,
  support,
  views,
})
