/** Between the main process's stand-in and its utility processes. */
export type ToUtility =
  | { readonly type: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number }

export type FromUtility = Exclude<ToUtility, { type: 'message' }> | { readonly type: 'message'; readonly data: unknown }
