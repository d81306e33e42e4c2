import { SegmentedControl, Select } from '@mantine/core'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { useRules } from '#renderer/state/alerts/use-alerts.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { spanNames, spanOf, spans } from '#renderer/state/metric-span.ts'
import { addressOf, type Place } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { FlowCharts } from './flow-charts.tsx'
import { useFlows } from './use-flows.ts'

const all = { value: '', label: 'All routes together' }
const each = { value: 'each', label: 'Each route by itself' }

/** How many changes were carried over and how long that took: of everything, of each route, or of one. */
export function FlowSection({ place }: { place: Place }) {
  const span = spanOf(place.query['span'])
  const wanted = place.query['route'] ?? ''
  const routes = useAnswer('routes', (call) => call.routes.list())
  const rules = useRules().value ?? []
  const known = routes.value ?? []
  const chosen = known.filter((route) => (wanted === each.value ? route.enabled : route.id === wanted))
  const isPart = wanted !== '' && chosen.length > 0
  const subjects = isPart
    ? chosen.map((route) => ({ scope: `route:${route.id}`, name: route.name }))
    : [{ scope: 'all', name: all.label }]
  const flows = useFlows(subjects, span)
  const choose = (change: Place['query']) => goTo(addressOf('overview', [], { ...place.query, ...change }), true)

  return (
    <Section
      title="How changes flow"
      lead={`In ${spans[span].words}.`}
      actions={
        <>
          <Select
            size="xs"
            w={290}
            aria-label="Whose figures"
            allowDeselect={false}
            data={[all, each, ...known.map(({ id, name }) => ({ value: id, label: name }))]}
            value={isPart ? wanted : ''}
            onChange={(route) => choose({ route: route ?? '' })}
          />
          <SegmentedControl
            size="xs"
            aria-label="How far back"
            data={spanNames.map((name) => ({ value: name, label: spans[name].label }))}
            value={span}
            onChange={(name) => choose({ span: name })}
          />
        </>
      }
    >
      {flows.failed !== null && flows.value === null && (
        <LoadFailure what="The figures" error={flows.failed} again={flows.reload} />
      )}
      <FlowCharts flows={flows.value ?? []} span={span} isSmall={subjects.length > 1} rules={rules} />
    </Section>
  )
}
