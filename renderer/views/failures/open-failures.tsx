import { Button } from '@mantine/core'
import { useState } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { criteriaOf, fitsFilter, keyText, type FailureFilter } from '#renderer/state/failure-place.ts'
import { isPicked, noRows, pickLoaded, pickRange, togglePick, type RowPicks } from '#renderer/state/row-picks.ts'
import type { Answer } from '#renderer/state/use-answer.ts'
import { resolvedOf, useHeldGroups, useRoutes } from '#renderer/state/use-failures.ts'
import { count } from '#renderer/state/wording.ts'
import type { FailureGroup, FailureGroups, HeldGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import { ConflictList } from './conflict-list.tsx'
import { FailureFilters } from './failure-filters.tsx'
import { FailureRows } from './failure-rows.tsx'
import { GroupBar } from './group-bar.tsx'
import { GroupCard } from './group-card.tsx'
import { HeldCard } from './held-card.tsx'
import { ResolvedLately } from './resolved-lately.tsx'

/** All that is open: what waits for a choice, what failed, and what waits for long; or the deliveries that some words find. */
export function OpenFailures({ filter, groups }: { filter: FailureFilter; groups: Answer<FailureGroups> }) {
  const held = useHeldGroups()
  const routes = useRoutes()
  if (filter.text.trim() !== '') {
    return (
      <>
        <FailureFilters filter={filter} routes={routes} />
        <FailureRows
          label="Dead letters that match"
          state="open"
          criteria={criteriaOf(filter)}
          total={null}
          routes={routes}
        />
      </>
    )
  }
  if (groups.value === null || held.value === null) {
    const failed = groups.failed ?? held.failed
    return failed === null ? null : (
      <LoadFailure
        what="The failures"
        error={failed}
        again={() => {
          groups.reload()
          held.reload()
        }}
      />
    )
  }
  const open = groups.value.groups.filter((group) => group.state === 'open' && fitsFilter(group, filter))
  const stuck = held.value.filter((group) => fitsHeld(group, filter))
  const parked = stuck.filter((group) => group.state === 'parked')
  const waiting = stuck.filter((group) => group.state === 'waiting')
  const isNarrow = Object.values(filter).some((word) => word !== '')
  const isEmpty = open.length + stuck.length === 0
  return (
    <>
      {(!isEmpty || isNarrow) && <FailureFilters filter={filter} routes={routes} />}
      {isEmpty && <Nothing isNarrow={isNarrow} />}
      {parked.length > 0 && (
        <Section title="Waits for your decision">
          {parked.some(({ code }) => code === 'CONFLICT') && <ConflictList />}
          {parked
            .filter(({ code }) => code !== 'CONFLICT')
            .map((group) => (
              <HeldCard key={heldKey(group)} group={group} route={routes.get(group.oldest.routeId)} />
            ))}
        </Section>
      )}
      {open.length > 0 && <FailedGroups groups={open} routes={routes} more={groups.value.more} />}
      {waiting.length > 0 && (
        <Section title="Waits for long" lead="Patchbay goes on by itself; you can help it along.">
          {waiting.map((group) => (
            <HeldCard key={heldKey(group)} group={group} route={routes.get(group.oldest.routeId)} />
          ))}
        </Section>
      )}
      {!isNarrow && <ResolvedLately groups={resolvedOf(groups.value.groups)} routes={routes} />}
    </>
  )
}

function Nothing({ isNarrow }: { isNarrow: boolean }) {
  if (isNarrow) return <EmptyState icon="filter" title="No open failure fits this filter" />
  return (
    <EmptyState icon="good" title="Nothing needs you">
      When a record can’t be written, it lands here with the reason and the way to mend it, and stays until it is
      replayed or given up. Nothing is lost in between.
    </EmptyState>
  )
}

interface FailedProps {
  readonly groups: readonly FailureGroup[]
  readonly routes: ReadonlyMap<string, Route>
  readonly more: number
}

/** What failed for good, a card for each cause; ticked ones are handled together. */
function FailedGroups({ groups, routes, more }: FailedProps) {
  const [picks, setPicks] = useState<RowPicks<string>>(noRows)
  const keys = groups.map(keyText)
  const picked = groups.filter((group) => isPicked(picks, keyText(group)))
  const all = picked.length === 0 ? 'none' : picked.length === groups.length ? 'all' : 'some'
  return (
    <Section
      title="Failed"
      lead={
        <>
          {count(groups.length, 'cause')}
          {more > 0 && ` and ${more.toLocaleString('en')} smaller ones that are left out here`}
        </>
      }
      actions={
        groups.length > 1 && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setPicks(all === 'all' ? noRows : pickLoaded(keys))}
          >
            {all === 'all' ? 'Select none' : 'Select all'}
          </Button>
        )
      }
    >
      {groups.map((group) => {
        const key = keyText(group)
        return (
          <GroupCard
            key={key}
            group={group}
            route={routes.get(group.routeId)}
            tick={{
              isTicked: isPicked(picks, key),
              onTick: (isRange) => setPicks((last) => (isRange ? pickRange(last, key, keys) : togglePick(last, key))),
            }}
          />
        )
      })}
      {picked.length > 0 && <GroupBar groups={picked} onClear={() => setPicks(noRows)} />}
    </Section>
  )
}

function heldKey({ state, criteria, oldest }: HeldGroup): string {
  return JSON.stringify([state, criteria, oldest.id])
}

function fitsHeld({ oldest, code }: HeldGroup, filter: FailureFilter): boolean {
  return (
    (filter.route === '' || oldest.routeId === filter.route) &&
    (filter.class === '' || oldest.failure?.class === filter.class) &&
    code.toLowerCase().includes(filter.code.toLowerCase())
  )
}
