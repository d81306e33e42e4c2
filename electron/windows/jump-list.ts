import { app } from 'electron'
import { jumpTasks } from './jump-tasks.ts'

/** Only Windows has such a list. */
export function offerJumpList(): void {
  if (process.platform === 'win32') app.setJumpList(jumpTasks(process.execPath))
}
