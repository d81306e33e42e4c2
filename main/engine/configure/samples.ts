import type { Clock } from '#main/base/clock.ts'
import type { Commanded, Samples } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import { countSamples, loadSamples, removeSample, saveSample } from '#main/store/samples.ts'
import type { Store } from '#main/store/store.ts'
import type { Sample } from '#shared/domain/sample.ts'

/** Test cases kept at most: each backtest goes through them, and retention around them. */
const most = 500

/** Where people keep events as test cases. */
export function keptSamples(store: Store, clock: Clock): Samples {
  return {
    save: (eventId, name, who) =>
      store.write((tx): Commanded<Sample> => {
        if (tx.get('select 1 from events where id = ?', eventId) === undefined)
          return { ok: false, code: 'NOT_FOUND', reason: `There is no event ${eventId}.` }
        const [known] = loadSamples(tx, { eventId })
        if (known === undefined && countSamples(tx) >= most) {
          return { ok: false, code: 'CONFLICT', reason: `There are ${most} test cases already; remove one first.` }
        }
        const at = clock.now()
        saveSample(tx, { eventId, name, keptAt: at, keptBy: who })
        audit(tx, { at, who, action: 'save', subject: `test case ${name}`, detail: `event ${eventId}` })
        const [saved] = loadSamples(tx, { eventId })
        if (saved === undefined) throw new Error(`the test case of event ${eventId} is not there`)
        return { ok: true, value: saved }
      }),
    remove: (eventId, who) =>
      store.write((tx) => {
        const [known] = loadSamples(tx, { eventId })
        if (known === undefined) return false
        const detail = `event ${eventId}`
        audit(tx, { at: clock.now(), who, action: 'remove', subject: `test case ${known.name}`, detail })
        return removeSample(tx, eventId)
      }),
  }
}
