import { useEffect } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { RouteEditor } from './route-editor.tsx'
import { RouteTable } from './route-table.tsx'

/** How often the figures of the routes are asked for anew (ms). */
const lookEveryMs = 5_000

/** Which changes are carried over, and how: the list, or one route to be changed. */
export function RoutesScreen({ place }: ScreenProps) {
  const { routes, loaded, failed, reload } = useConsole((state) => state.connections)
  const mappings = useAnswer('mappings', (call) => call.mappings.list())
  const figures = useAnswer('routes figures', (call) => call.routes.figures(), lookEveryMs)
  useEffect(() => void reload(), [reload])
  const [id] = place.path
  const problem = (loaded ? null : failed) ?? (mappings.value === null ? mappings.failed : null)
  if (problem !== null) {
    const again = () => {
      mappings.reload()
      void reload()
    }
    return <LoadFailure what="The routes" error={problem} again={again} />
  }
  if (!loaded || mappings.value === null) return <Waiting />
  const documents = mappings.value.map(({ document }) => document)
  const known = figures.value ?? []
  if (id === undefined) return <RouteTable routes={routes} mappings={documents} figures={known} />
  return (
    <RouteEditor key={id} id={id} routes={routes} mappings={documents} figures={known} onChanged={figures.reload} />
  )
}
