const dayMs = 24 * 3_600_000

/** What the database held at one moment. */
export interface RoomSample {
  /** ms since 1970. */
  readonly at: number
  readonly bytes: number
}

export interface RoomForecast {
  /** Bytes that a day adds, on average over the samples; negative while it gets smaller. */
  readonly bytesPerDay: number
  /** Days until the limit is reached; null when it is not getting nearer. */
  readonly daysLeft: number | null
}

/** How the database grows and when it reaches `limitBytes`; null until the samples span a day. */
export function forecastRoom(samples: readonly RoomSample[], now: RoomSample, limitBytes: number): RoomForecast | null {
  const first = samples[0]
  if (first === undefined || now.at - first.at < dayMs) return null
  const bytesPerDay = ((now.bytes - first.bytes) / (now.at - first.at)) * dayMs
  const left = limitBytes - now.bytes
  if (left <= 0) return { bytesPerDay, daysLeft: 0 }
  return { bytesPerDay, daysLeft: bytesPerDay > 0 ? left / bytesPerDay : null }
}
