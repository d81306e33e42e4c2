import { Button } from '@mantine/core'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useNow } from '#renderer/state/use-now.ts'
import type { ConnectionHealth } from '#shared/domain/health.ts'

type Held = Pick<ConnectionHealth, 'id' | 'name'> & { readonly heldUntil: number }

/** When a connection that is held is tried next. Once that time has come, the next delivery tries it. */
export function NextTry({ heldUntil }: Held) {
  const now = useNow(true)
  return heldUntil > now ? <Time at={heldUntil} /> : 'with the next delivery'
}

/** Tries it at once, whether or not anything waits for it. */
export function TryNowButton({ held, onTried }: { held: Held; onTried?: () => void }) {
  const { tests, tryNow } = useConsole((state) => state.connections)
  return (
    <Button
      size="compact-xs"
      aria-label={`Try now: ${held.name}`}
      title="Signs in and reads a little; writes nothing. If all is well, what waits goes on."
      loading={tests[`connection:${held.id}`] === 'running'}
      onClick={() => void tryNow(held).then(onTried)}
    >
      Try now
    </Button>
  )
}

/** The connection as far as it is held; null when it is not. */
export function heldOf(health: ConnectionHealth | undefined): Held | null {
  if (health === undefined || health.heldUntil === null) return null
  return { id: health.id, name: health.name, heldUntil: health.heldUntil }
}
