import type { ReactNode } from 'react'
import type { Checks, TestKey } from '#renderer/state/connections-slice.ts'
import type { Kind } from '../kinds.ts'
import type { SettingsDraft } from '../settings-draft.ts'
import type { Subject } from '../use-save.ts'
import { connectwisePlan, salesforcePlan } from './connection-plans.tsx'
import { callbackPlan, sqlPlan, webhookPlan } from './source-plans.tsx'

/** One step of setting something up. */
export interface WizardPart {
  readonly title: string
  /** What this step is for, in a sentence. */
  readonly lead: ReactNode
  readonly hasName?: boolean
  /** Settings and secrets that it asks for. */
  readonly fields?: readonly string[]
  readonly secrets?: readonly string[]
  /** Going on stores what was entered so far. */
  readonly saves?: boolean
  readonly isTest?: boolean
  readonly body?: ReactNode
  /** Shown above the settings: what they are depends on it. */
  readonly before?: ReactNode
  /** What to do elsewhere for it. */
  readonly aside?: ReactNode
}

/** What the steps are made from. */
export interface WizardContext {
  readonly kind: Kind
  readonly id: string
  readonly draft: SettingsDraft
  /** null before it was saved for the first time. */
  readonly stored: Subject['entry']
  /** What the person chose among ways that the settings don't tell apart. */
  readonly choice: string
  readonly setChoice: (choice: string) => void
  readonly testKey: TestKey
  /** What the last test found; null before it. */
  readonly findings: Checks | null
}

export interface WizardPlan {
  readonly firstChoice?: (secrets: Readonly<Record<string, { set: boolean }>>) => string
  readonly parts: (context: WizardContext) => readonly WizardPart[]
}

export const plans: Record<Kind, WizardPlan> = {
  salesforce: salesforcePlan,
  connectwise: connectwisePlan,
  'salesforce-webhook': webhookPlan,
  'connectwise-callback': callbackPlan,
  'connectwise-sql': sqlPlan,
}
