import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { HostCall } from './host-context.ts'

/** The contract, ready to be given its handlers. */
export const os = implement(contract).$context<HostCall>()
