import type { RolledBack } from '#main/store/roll-back.ts'
import { triesOfTrial, type OrderFile, type UpdateOrder } from './update-order.ts'

/** What the relay of a new version came to. `ready`: it answers; `failed`: it says why it can't work; `looping`: it keeps ending; `overdue`: it says nothing. */
export type TrialEnd =
  { readonly end: 'ready' | 'looping' | 'overdue' } | { readonly end: 'failed'; readonly sentence: string }

/** A relay of a new version has to answer within this time (ms); migrating a million events takes a minute or two. */
export const trialBoundMs = 10 * 60_000

export interface TrialPorts {
  readonly orders: OrderFile
  /** Ends the relay for good, so that nobody has the database open. */
  readonly stopRelay: () => Promise<void>
  readonly rollBack: (backup: string) => RolledBack
  /** Where only the sandbox was used: lets it begin anew; answers with where the old one is, null when there was none. */
  readonly setSandboxAside: () => string | null
}

/** What the person is told after an update; null when it went well. */
export interface Verdict {
  readonly sentence: string
  /** Opens the way back, where it is at hand. */
  readonly oldInstaller: string | null
}

/**
 * Notes that the new version is being tried, before its relay is started: should it take the whole app down, the next start counts that.
 * Answers with the verdict when it has had its tries.
 */
export async function beginTrial(order: UpdateOrder, ports: TrialPorts): Promise<Verdict | null> {
  if (order.starts >= triesOfTrial) return giveUp(order, 'it ended again and again right after its start', ports)
  ports.orders.write({ ...order, starts: order.starts + 1 })
  return null
}

/** Ends the trial: the update is over, or the database is brought back and the new version is not started again. */
export async function endTrial(order: UpdateOrder, trial: TrialEnd, ports: TrialPorts): Promise<Verdict | null> {
  switch (trial.end) {
    case 'ready':
      ports.orders.clear()
      return null
    case 'failed':
      return giveUp(order, trial.sentence, ports)
    case 'looping':
      return giveUp(order, 'its relay ended again and again right after its start', ports)
    case 'overdue':
      return giveUp(order, `its relay did not answer within ${trialBoundMs / 60_000} minutes`, ports)
  }
}

async function giveUp(order: UpdateOrder, reason: string, ports: TrialPorts): Promise<Verdict> {
  await ports.stopRelay()
  const sentence = `Patchbay ${order.to} can not work here: ${reason.replace(/\.$/, '')}. ${whatBecame(order, ports)}`
  ports.orders.write({ ...order, refusal: sentence })
  return explainRefusal({ ...order, refusal: sentence })
}

/** What a start of a version tells that was given up before. */
export function explainRefusal(order: UpdateOrder): Verdict {
  const way =
    order.oldInstaller === null
      ? `Install Patchbay ${order.from} again, from where you got it.`
      : `Install Patchbay ${order.from} again: ${order.oldInstaller}.`
  return { sentence: `${order.refusal ?? ''} ${way}`, oldInstaller: order.oldInstaller }
}

function whatBecame({ backup }: UpdateOrder, { rollBack, setSandboxAside }: TrialPorts): string {
  try {
    if (backup === null) {
      const aside = setSandboxAside()
      return `Only the sandbox had been used, and it begins anew${aside === null ? '' : `; what it held is kept: ${aside}`}.`
    }
    const rolled = rollBack(backup)
    switch (rolled.outcome) {
      case 'untouched':
        return 'The database is as the old version left it.'
      case 'restored':
        return `The database is again the one from before the update${rolled.kept === null ? '' : `; the other one is kept: ${rolled.kept}`}. Nothing had come in or gone out since.`
      case 'has-work':
        return `The database stays as it is, since the new version has worked with it (${rolled.events} events came in, ${rolled.attempts} writes were tried): to go back would lose the ones and repeat the others. The backup from before is kept: ${backup}.`
    }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    if (backup === null) return `Only the sandbox had been used, and it could not be set aside: ${why}`
    return `The database from before could not be brought back: ${why} It is kept: ${backup}.`
  }
}
