import { oc } from '@orpc/contract'
import { hostErrors } from './errors.ts'

/** What every call of the contract begins with: the refusals that it may end with. */
export const base = oc.errors(hostErrors)
