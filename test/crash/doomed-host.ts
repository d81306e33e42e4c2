/**
 * The entry of a host that is going to be killed: everything it needs is loaded before it is told when to start and where to
 * die, so that a round does not spend its time on loading.
 */
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import '#main/host/loopback.ts'
import '#main/workspaces.ts'
import { arm, type KillPlan } from './kill-points.ts'

/** What the parent says to a host that stands ready. */
export interface StartOrder {
  readonly args: readonly string[]
  readonly plan: KillPlan | null
}

flushCompileCache()
const [order] = (await once(process, 'message')) as [StartOrder]
process.disconnect()
process.argv.push('--json', '--no-open', ...order.args)
if (order.plan !== null) arm(order.plan)
await import('#main/headless.ts')
