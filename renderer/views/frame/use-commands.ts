import { useMantineColorScheme } from '@mantine/core'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { liveAddress } from '#renderer/state/live-place.ts'
import { resumeWords } from '#renderer/state/pause-words.ts'
import { addressOf } from '#renderer/state/place.ts'
import { leaveWords } from '#renderer/state/sandbox-slice.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useReplayPicks } from '#renderer/state/use-picks.ts'
import { readyViews } from '#renderer/state/use-views.ts'
import type { Command } from './command.ts'
import { screenEntries } from './screen-entries.ts'

/** All that can be done and gone to at the moment, without what has to be searched for. */
export function useCommands(): Command[] {
  const place = usePlaces()
  const deeds = useDeeds()
  return [...deeds, ...place]
}

function usePlaces(): Command[] {
  const views = useAnswer('views', (call) => call.views.list()).value ?? []
  const routes = useAnswer('routes', (call) => call.routes.list()).value ?? []
  const mappings = useAnswer('mappings', (call) => call.mappings.list()).value ?? []
  return [
    ...screenEntries.map(({ screen, label, icon, words }): Command => ({
      id: `screen ${screen}`,
      group: 'Go to',
      label,
      icon,
      words,
      run: () => goTo(addressOf(screen)),
    })),
    ...[...views, ...readyViews].map(({ name, filter }): Command => ({
      id: `view ${name} ${filter}`,
      group: 'Views',
      label: name,
      hint: filter,
      icon: 'filter',
      words: 'live events view',
      run: () => goTo(liveAddress(filter)),
    })),
    ...routes.map(({ id, name }): Command => ({
      id: `route ${id}`,
      group: 'Routes',
      label: name,
      hint: id,
      icon: 'routes',
      words: 'route',
      run: () => goTo(addressOf('routes', [id])),
    })),
    ...mappings.map(({ document: { id, name } }): Command => ({
      id: `mapping ${id}`,
      group: 'Mappings',
      label: name,
      hint: id,
      icon: 'mappings',
      words: 'mapping',
      run: () => goTo(addressOf('mappings', [id])),
    })),
  ]
}

function useDeeds(): Command[] {
  const health = useConsole((state) => state.relay.health)
  const { pause, resume } = useConsole((state) => state.pauses)
  const sandbox = useConsole((state) => state.sandbox)
  const show = useConsole((state) => state.palette.show)
  const replay = useReplayPicks()
  const { setColorScheme } = useMantineColorScheme()
  const everything = { scope: 'everything', id: '' } as const
  const isPaused = health?.pauses.some(({ scope }) => scope === 'everything') === true
  const held = useAnswer(`held by a pause of everything: ${isPaused}`, async (call) =>
    isPaused ? (await call.pauses.held(everything)).count : 0,
  ).value
  const real = health?.sandbox?.real ?? null
  const workspace = health?.workspace ?? 'unconfigured'
  const deed = (command: Omit<Command, 'group'>): Command => ({ group: 'Do', ...command })
  return [
    ...(replay === null
      ? []
      : [
          deed({
            id: 'replay',
            label: 'Replay what is selected…',
            icon: 'replay',
            words: 'send again retry',
            keys: 'r',
            run: replay,
          }),
        ]),
    ...(workspace === 'unconfigured' || isPaused
      ? []
      : [
          deed({
            id: 'pause',
            label: 'Pause everything…',
            icon: 'pause',
            words: 'stop hold',
            ask: {
              consequence:
                'Nothing is written anywhere until somebody resumes. Events are still received, and wait in order.',
              confirm: 'Pause everything',
              example: 'Maintenance until noon',
            },
            run: (reason) => void pause(everything, 'Everything', reason),
          }),
        ]),
    ...(isPaused
      ? [
          deed({
            id: 'resume',
            label: 'Resume everything',
            icon: 'play',
            words: 'go on continue',
            ask: { consequence: resumeWords('Everything', held), confirm: 'Resume everything' },
            run: () => void resume(everything, 'Everything'),
          }),
        ]
      : []),
    ...(workspace === 'sandbox'
      ? [
          deed({
            id: 'leave',
            label: 'Leave the sandbox',
            icon: 'box',
            run: () => void sandbox.leave(),
            ...(real !== null && { ask: { consequence: leaveWords(real), confirm: 'Leave the sandbox' } }),
          }),
        ]
      : [
          deed({
            id: 'sandbox',
            label: 'Start the sandbox',
            icon: 'box',
            words: 'demo try simulated',
            run: () => void sandbox.start(),
            ...(workspace === 'live' && {
              ask: {
                consequence:
                  'The bridge to your real systems stands still while the sandbox is on: nothing is received or written there until you leave it.',
                confirm: 'Start the sandbox',
              },
            }),
          }),
        ]),
    deed({
      id: 'light',
      label: 'Light theme',
      icon: 'sun',
      words: 'colour bright',
      run: () => setColorScheme('light'),
    }),
    deed({ id: 'dark', label: 'Dark theme', icon: 'moon', words: 'colour night', run: () => setColorScheme('dark') }),
    deed({
      id: 'auto',
      label: 'Theme like the system',
      icon: 'screen',
      words: 'colour',
      run: () => setColorScheme('auto'),
    }),
    deed({
      id: 'keys',
      label: 'All keys',
      icon: 'key',
      words: 'shortcuts help keyboard',
      keys: '?',
      run: () => show('keys'),
    }),
  ]
}
