import type { Clock } from '#main/base/clock.ts'
import type { Commanded, Views } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import type { Store } from '#main/store/store.ts'
import { loadViews, removeView, saveView } from '#main/store/views.ts'
import type { SavedView } from '#shared/domain/saved-view.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'

/** Saved views kept at most: they all stand in one list. */
const most = 100

/** Where people save filters under a name. */
export function savedViews(store: Store, clock: Clock): Views {
  return {
    async save({ name, filter }, who): Promise<Commanded<SavedView>> {
      const [problem] = parseFilter(filter).problems
      if (problem !== undefined) return { ok: false, code: 'INVALID', reason: problem.sentence }
      const isFull = store.read((tx) => {
        const names = loadViews(tx).map((view) => view.name)
        return names.length >= most && !names.includes(name)
      })
      if (isFull) return { ok: false, code: 'CONFLICT', reason: `There are ${most} views already; remove one first.` }
      const view = { name, filter, savedAt: clock.now() }
      await store.write((tx) => {
        saveView(tx, view)
        audit(tx, { at: view.savedAt, who, action: 'save', subject: `view ${name}`, detail: filter })
      })
      return { ok: true, value: view }
    },
    async remove(name, who): Promise<Commanded<readonly SavedView[]>> {
      const isGone = await store.write((tx) => {
        const isThere = removeView(tx, name)
        if (isThere) audit(tx, { at: clock.now(), who, action: 'remove', subject: `view ${name}` })
        return isThere
      })
      if (!isGone) return { ok: false, code: 'NOT_FOUND', reason: `There is no view ${name}.` }
      return { ok: true, value: store.read(loadViews) }
    },
  }
}
