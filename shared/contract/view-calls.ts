import * as z from 'zod'
import { savedView, viewName } from '../domain/saved-view.ts'
import { base } from './base.ts'

/** Filters saved under a name. */
export const viewCalls = {
  list: base.route({ method: 'GET', path: '/views', summary: 'Filters saved under a name' }).output(z.array(savedView)),
  save: base
    .route({ method: 'PUT', path: '/views', summary: 'Save a filter under a name, in place of the one that has it' })
    .input(savedView.omit({ savedAt: true }))
    .output(savedView),
  remove: base
    .route({ method: 'POST', path: '/views/remove', summary: 'Remove a saved filter' })
    .input(z.object({ name: viewName }))
    .output(z.array(savedView)),
}
