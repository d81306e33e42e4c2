import { createORPCErrorFromJson, isORPCErrorJson } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { contract, type Contract } from '#shared/contract/contract.ts'

interface Route {
  readonly method?: string
  readonly path?: string
}

type Methods = Record<string, Record<string, { readonly '~orpc': { readonly route: Route } }>>

/** The contract's client as somebody would write it with nothing but fetch and the list of routes. */
export function restClient(url: string, token: string): ContractRouterClient<Contract> {
  const areas = Object.entries(contract as unknown as Methods).map(([area, methods]) => [
    area,
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, caller(url, token, method['~orpc'].route)]),
    ),
  ])
  return Object.fromEntries(areas) as unknown as ContractRouterClient<Contract>
}

function caller(url: string, token: string, route: Route): (input?: Record<string, unknown>) => Promise<unknown> {
  return async (input = {}) => {
    const rest = { ...input }
    const path = (route.path ?? '/none').replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(rest[name])
      delete rest[name]
      return encodeURIComponent(value)
    })
    const isGet = route.method === 'GET'
    const query = isGet ? `?${new URLSearchParams(pairs(rest)).toString()}` : ''
    const response = await fetch(`${url}/api/v1${path}${query}`, {
      method: route.method ?? 'POST',
      headers: { authorization: `Bearer ${token}`, ...(!isGet && { 'content-type': 'application/json' }) },
      ...(!isGet && { body: JSON.stringify(rest) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    throw isORPCErrorJson(answer) ? createORPCErrorFromJson(answer) : new Error(`status ${response.status}`)
  }
}

/** Lists and objects in brackets: `state[0]=dead&not[text]=acme`. */
function pairs(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => pairs(inner, name === '' ? key : `${name}[${key}]`))
}
