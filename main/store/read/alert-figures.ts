import type { Severity } from '#shared/domain/alert-counts.ts'
import type { AlertState } from '#shared/domain/alert.ts'
import type { Reading } from './reading.ts'

/** How many alerts of one severity are in one state. */
export interface AlertFigure {
  readonly severity: Severity
  readonly state: AlertState
  readonly count: number
}

/** Reads of how many alerts there are. */
export function alertFigureReads(reading: Reading) {
  /** Alerts that are not resolved. */
  function unresolvedAlerts(): AlertFigure[] {
    return reading.all<AlertFigure>(
      `select rule ->> '$.severity' as severity, state, count(*) as count from alerts where state <> 'resolved' group by 1, 2`,
    )
  }

  return { unresolvedAlerts }
}
