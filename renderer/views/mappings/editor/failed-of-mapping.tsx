import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { RouteId } from '#shared/domain/ids.ts'

/** How often it is looked for failures (ms), and how many of a route are looked for. */
const lookEveryMs = 10_000
const most = 200

/** The deliveries of a mapping's routes that failed for good: with the mapping mended, they are replayed from here. */
export function FailedOfMapping({ name, routeIds }: { name: string; routeIds: readonly string[] }) {
  const open = useConsole((state) => state.replay.open)
  const isReplaying = useConsole((state) => state.replay.draft !== null)
  const failed = useAnswer(
    `failed of ${routeIds.join(' ')} ${isReplaying}`,
    async (call) => {
      const pages = await Promise.all(
        routeIds.map((id) => call.deliveries.list({ state: 'dead', routeId: id as RouteId, limit: most })),
      )
      return pages.flatMap(({ items }) => items).filter(({ replayedBy }) => replayedBy === null)
    },
    lookEveryMs,
  )
  const deliveries = failed.value ?? []
  if (deliveries.length === 0) return null
  return (
    <Button
      size="xs"
      variant="light"
      color="red"
      leftSection={<Icon name="replay" size={13} />}
      onClick={() =>
        open({
          selection: { deliveryIds: deliveries.map(({ id }) => id) },
          what: `What failed with the mapping ${name}`,
        })
      }
    >
      Replay {count(deliveries.length, 'failure')}…
    </Button>
  )
}
