import { performance } from 'node:perf_hooks'

/** Answers, each time it is asked, which share of the time since the last time this thread had work: 0 to 1. */
export function meterLoad(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
}
