import { Button, Switch, TextInput } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { newRoute, storedRoute, unfitRoute, type Ends } from '#renderer/state/route-draft.ts'
import { routeSentence } from '#renderer/state/route-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useLeaveGuard } from '#renderer/state/use-leave-guard.ts'
import { useRouteDraft } from '#renderer/state/use-route-draft.ts'
import type { RouteFigures } from '#shared/contract/route-calls.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { otherSystem } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { PauseButton } from '#renderer/views/pauses/pause-button.tsx'
import { DeliveryRules } from './delivery-rules.tsx'
import { MatchBuilder } from './match-builder.tsx'
import { MatchPreview } from './match-preview.tsx'
import { RemoveRoute } from './remove-route.tsx'
import { OnConsequence } from './route-switch.tsx'
import { RouteWay } from './route-way.tsx'
import { useFieldChoices } from './use-field-choices.ts'
import styles from './route-editor.module.css'

interface Props {
  /** `new` for one that is not there yet. */
  readonly id: string
  readonly routes: readonly Route[]
  readonly mappings: readonly MappingDocument[]
  readonly figures: readonly RouteFigures[]
  readonly onChanged: () => void
}

/** One route: what it takes, by which mapping, and how it delivers; with the recent events that it would take. */
export function RouteEditor({ id, routes, mappings, figures, onChanged }: Props) {
  const connections = useConsole((state) => state.connections.connections)
  const ends: Ends = {
    salesforce: connections.find(({ connection }) => connection.kind === 'salesforce')?.connection.id,
    connectwise: connections.find(({ connection }) => connection.kind === 'connectwise')?.connection.id,
  }
  const [first] = mappings
  const stored = routes.find((route) => route.id === id) ?? null
  const blank =
    id === 'new' && first !== undefined
      ? newRoute(
          first,
          'salesforce',
          ends,
          routes.map((route) => route.id),
        )
      : null
  const start = stored ?? blank
  if (start === null) {
    return (
      <EmptyState icon="routes" title="There is no such route">
        It may have been removed. <a href={addressOf('routes')}>See all routes</a>
      </EmptyState>
    )
  }
  const open = figures.find(({ routeId }) => routeId === id)?.open ?? 0
  return <Editor id={id} saved={start} ends={ends} mappings={mappings} open={open} onChanged={onChanged} />
}

interface EditorProps extends Pick<Props, 'id' | 'mappings' | 'onChanged'> {
  /** As it is stored; a new one: as it begins. */
  readonly saved: Route
  readonly ends: Ends
  readonly open: number
}

function Editor({ id, saved, ends, mappings, open, onChanged }: EditorProps) {
  const { draft, changed, isStale, edit, discard } = useRouteDraft(id, saved)
  const isNew = id === 'new'
  const [run, busy] = useAction()
  const reload = useConsole((state) => state.connections.reload)
  const isLive = useConsole((state) => state.relay.health?.workspace === 'live')
  const fields = useFieldChoices(draft.sourceConnectionId, draft.match.entity)
  const mapping = mappings.find((one) => one.id === draft.mappingId)
  // A new one may have waited while another took its id.
  const wanted = { ...storedRoute(draft), id: saved.id }
  const unfit = unfitRoute(draft)
  const isDirty = isNew || changed
  useLeaveGuard({ changed, name: `the route “${wanted.name}”`, address: addressOf('routes', [id]) })

  // Before real systems are written to, it is said what will happen.
  const goesLive = isLive && wanted.enabled && (isNew || !saved.enabled)
  const hint = hintOf({ isDirty, isStale, enabled: wanted.enabled })

  async function save() {
    const answer = await run(
      'The route could not be saved.',
      (call) => call.routes.save(wanted),
      (route) => `“${route.name}” is saved${route.enabled ? '' : ', and switched off'}.`,
    )
    if (answer === null) return
    await reload()
    discard()
    onChanged()
    if (isNew) goTo(addressOf('routes', [answer.id]), true)
  }

  return (
    <Page
      title={isNew ? 'New route' : saved.name}
      lead={<a href={addressOf('routes')}>All routes</a>}
      actions={
        !isNew && (
          <>
            <PauseButton target={{ scope: 'route', id: saved.id }} name={saved.name} />
            <RemoveRoute route={saved} open={open} onRemoved={discard} />
          </>
        )
      }
    >
      <p className={styles.sentence}>{routeSentence(draft, mapping?.[otherSystem(draft.from)].entity ?? null)}</p>
      <div className={styles.columns}>
        <Confirm
          title={`Switch on “${wanted.name}”`}
          consequence={<OnConsequence route={wanted} open={open} />}
          confirm={{ label: 'Save and switch on' }}
          onConfirm={save}
          trigger={(ask) => (
            <form
              className={styles.form}
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                if (goesLive) ask()
                else void save()
              }}
            >
              <TextInput
                size="sm"
                label="Name"
                required
                maxLength={100}
                value={draft.name}
                onChange={(event) => edit({ ...draft, name: event.currentTarget.value })}
              />
              <RouteWay draft={draft} mappings={mappings} ends={ends} onChange={edit} />
              <MatchBuilder draft={draft} fields={fields} onChange={(match) => edit({ ...draft, match })} />
              <DeliveryRules draft={draft} onChange={edit} />
              <footer className={styles.foot}>
                <Switch
                  size="sm"
                  label={draft.enabled ? 'Switched on' : 'Switched off: events are kept, not sent'}
                  checked={draft.enabled}
                  onChange={(event) => edit({ ...draft, enabled: event.currentTarget.checked })}
                />
                <span className={styles.hint} role="status">
                  {unfit ?? hint}
                </span>
                {changed && (
                  <Button variant="default" size="sm" onClick={discard}>
                    Discard changes
                  </Button>
                )}
                <Button type="submit" size="sm" loading={busy} disabled={!isDirty || unfit !== null}>
                  Save
                </Button>
              </footer>
            </form>
          )}
        />
        <MatchPreview draft={draft} />
      </div>
    </Page>
  )
}

function hintOf(is: { readonly isDirty: boolean; readonly isStale: boolean; readonly enabled: boolean }): string {
  if (is.isStale) return 'The route was changed since you began. Saved now, your draft replaces it.'
  if (!is.isDirty) return 'Saved.'
  return is.enabled ? 'Takes effect at once, for new events.' : 'Not saved yet.'
}
