import type { SavedView } from '#shared/domain/saved-view.ts'
import { useConsole } from './console-context.ts'
import { useAction } from './use-action.ts'
import { useAnswer } from './use-answer.ts'

/** Filters that are of use to everybody, until one has saved some of one's own. */
export const readyViews = [
  { name: 'Failed', filter: 'state:dead' },
  { name: 'In progress', filter: 'state:open' },
  { name: 'No route wanted it', filter: 'state:unmatched' },
  { name: 'The last hour', filter: 'since:1h' },
] as const

/** The filters that people have saved under a name, and what can be done with them. */
export function useViews() {
  const answer = useAnswer('views', (call) => call.views.list())
  const [run] = useAction()
  const { tell, warn } = useConsole((state) => state.notices)
  const { reload } = answer
  const views = answer.value ?? []

  async function save(name: string, filter: string) {
    if (views.some((view) => view.name === name)) {
      warn('The view could not be saved.', new Error('There is one of this name already; choose another.'))
      return false
    }
    const saved = await run('The view could not be saved.', (call) => call.views.save({ name, filter }))
    reload()
    return saved !== null
  }
  async function rename(view: SavedView, name: string) {
    if (name === view.name) return true
    if (!(await save(name, view.filter))) return false
    await run('The old name could not be removed.', (call) => call.views.remove({ name: view.name }))
    reload()
    return true
  }
  async function putBack({ name, filter }: SavedView) {
    await run('The view could not be put back.', (call) => call.views.save({ name, filter }))
    reload()
  }
  async function remove(view: SavedView) {
    const left = await run('The view could not be removed.', (call) => call.views.remove({ name: view.name }))
    if (left === null) return
    reload()
    tell(`The view “${view.name}” is removed.`, undefined, { label: 'Undo', run: () => putBack(view) })
  }
  return { views, failed: answer.failed, reload, save, rename, remove }
}
