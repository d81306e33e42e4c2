import type { JumpListCategory } from 'electron'

/** What Windows offers behind a right click on the icon in the task bar; each starts `program` again, which shows the window there. */
export function jumpTasks(program: string): JumpListCategory[] {
  const task = (title: string, screen: string, description: string) =>
    ({ type: 'task', title, description, program, args: `--screen=${screen}` }) as const
  return [
    {
      type: 'tasks',
      items: [
        task('Failures', 'failures', 'What went wrong and waits for a person'),
        task('Live events', 'live', 'Events as they come in'),
      ],
    },
  ]
}
