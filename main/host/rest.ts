import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { onError } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '#shared/contract/contract.ts'
import type { HostCall, HostContext } from './host-context.ts'
import { refuseReadably } from './refusals.ts'
import { router } from './router.ts'

export const restPrefix = '/api/v1'

/** Bytes of a request's body; the longest replay order has a tenth of it. */
const maxBodySize = 2 * 1024 * 1024

interface Method {
  readonly '~orpc': { readonly route: { readonly path?: string } }
}

/** Streams have no route: they need a wire that stays open. */
function hasRoute({ contract: method }: { contract: Method }): boolean {
  return method['~orpc'].route.path !== undefined
}

/** Answers the contract's routes over HTTP; resolves with false when there is no such route. */
export function createRest(
  host: HostContext,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const handler = new OpenAPIHandler<HostCall>(router, {
    filter: hasRoute,
    plugins: [new BodyLimitPlugin({ maxBodySize })],
    clientInterceptors: [onError((error, { path }) => refuseReadably(error, path, host.logger))],
  })
  return async (request, response) => {
    const { matched } = await handler.handle(request, response, { prefix: restPrefix, context: { host, who: 'api' } })
    return matched
  }
}

/** The OpenAPI 3.1 description of those routes. */
export function describeRest(url: string, version: string): Promise<object> {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    filter: hasRoute,
    info: {
      title: 'Patchbay',
      version,
      description: 'The relay between Salesforce and ConnectWise, for scripts on the same machine.',
    },
    servers: [{ url: `${url}${restPrefix}` }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token that stands in the console address which Patchbay prints when it starts.',
        },
      },
    },
    security: [{ token: [] }],
  })
}
