import type { Route } from '#shared/domain/route.ts'
import { furnishHost } from '#test/support/furnish.ts'
import type { Headless } from '#test/support/headless.ts'
import type { Ground } from '../ground.ts'

/** A host that takes events in and sends none on, so that what it does beside does not disturb what is measured in the browser. */
export async function receivingHost(ground: Ground): Promise<{ readonly host: Headless; readonly secret: string }> {
  const sandbox = await ground.sandbox()
  const host = await ground.host()
  await furnishHost(host, sandbox)
  for (const route of await host.api<Route[]>('/routes'))
    await host.api('/routes', { method: 'PUT', body: { ...route, enabled: false } })
  return { host, secret: sandbox.signingSecret }
}
