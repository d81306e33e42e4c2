import * as z from 'zod'
import { connection } from '../domain/connection.ts'
import { connectionHealth } from '../domain/health.ts'
import { connectionId, sourceId } from '../domain/ids.ts'
import { source } from '../domain/source.ts'
import { base } from './base.ts'

export const secretNames = z.record(z.string(), z.object({ set: z.boolean() }))

export const check = z.object({ name: z.string(), ok: z.boolean(), sentence: z.string(), fix: z.string().nullable() })

/** The systems that are written to and read from. */
export const connectionCalls = {
  list: base
    .route({ method: 'GET', path: '/connections', summary: 'Connections; secrets are never read back' })
    .output(z.array(z.object({ connection, secrets: secretNames, health: connectionHealth }))),
  save: base
    .route({ method: 'PUT', path: '/connections', summary: 'Create or change a connection' })
    .input(z.object({ connection, secrets: z.record(z.string(), z.string()).default({}) }))
    .output(connection),
  test: base
    .route({ method: 'POST', path: '/connections/{id}/test', summary: 'Try a connection and explain what is wrong' })
    .input(z.object({ id: connectionId }))
    .output(z.object({ checks: z.array(check) })),
  findMissed: base
    .route({
      method: 'POST',
      path: '/connections/{id}/find-missed',
      summary:
        'Ask a system what was changed since the last look, and take in what nobody has announced; the last two minutes are left to their announcements',
    })
    .input(z.object({ id: connectionId }))
    .output(z.object({ found: z.number().int() })),
  remove: base
    .route({
      method: 'POST',
      path: '/connections/remove',
      summary:
        'Remove a connection that no route or source uses, with its secrets; with `withOpen` also while deliveries to it have not ended, which are then cancelled',
    })
    .input(z.object({ id: connectionId, withOpen: z.boolean().default(false) }))
    .output(z.object({ openDeliveries: z.number().int() })),
}

/** Where events come from. */
export const sourceCalls = {
  list: base
    .route({ method: 'GET', path: '/sources', summary: 'Sources; secrets are never read back' })
    .output(z.array(z.object({ source, secrets: secretNames }))),
  save: base
    .route({ method: 'PUT', path: '/sources', summary: 'Create or change a source' })
    .input(z.object({ source, secrets: z.record(z.string(), z.string()).default({}) }))
    .output(source),
  test: base
    .route({ method: 'POST', path: '/sources/{id}/test', summary: 'Try a source and explain what is wrong' })
    .input(z.object({ id: sourceId }))
    .output(z.object({ checks: z.array(check) })),
  remove: base
    .route({
      method: 'POST',
      path: '/sources/remove',
      summary: 'Remove a source with its secrets; the events it brought stay, and are carried over',
    })
    .input(z.object({ id: sourceId }))
    .output(z.object({ id: sourceId })),
  scripts: base
    .route({
      method: 'GET',
      path: '/sources/{id}/scripts',
      summary: 'The T-SQL to install, check and remove the ConnectWise listener; Patchbay never runs it',
    })
    .input(z.object({ id: sourceId }))
    .output(z.array(z.object({ name: z.string(), purpose: z.string(), text: z.string() }))),
}
