import { useEffect, useState } from 'react'
import { lookAgain, type Seen } from '#renderer/state/just-changed.ts'
import type { SimulatedRecord } from '#shared/domain/sandbox.ts'

/** What of the records changed since they were seen before; null before the first look. */
export function useSeen(records: readonly SimulatedRecord[]): Seen | null {
  const [seen, setSeen] = useState<Seen | null>(null)
  useEffect(() => setSeen((before) => lookAgain(before, records, Date.now())), [records])
  return seen
}
