import { app } from 'electron'

/** What Windows offers behind a right click on the icon in the task bar; each starts Patchbay again, which shows the window there. */
export function offerJumpList(): void {
  if (process.platform !== 'win32') return
  const task = (title: string, screen: string, description: string) =>
    ({ type: 'task', title, description, program: process.execPath, args: `--screen=${screen}` }) as const
  app.setJumpList([
    {
      type: 'tasks',
      items: [
        task('Failures', 'failures', 'What went wrong and waits for a person'),
        task('Live events', 'live', 'Events as they come in'),
      ],
    },
  ])
}
