import { expect, it } from 'vitest'
import { readOptions } from '#electron/options.ts'
import { jumpTasks } from '#electron/windows/jump-tasks.ts'

const program = String.raw`C:\Program Files\Patchbay\Patchbay.exe`

it('each task of the jump list starts Patchbay with a screen that a start understands', () => {
  const tasks = jumpTasks(program).flatMap(({ items }) => items ?? [])
  const led = tasks.map(({ args = '' }) => readOptions([program, ...args.split(' ')], {}, 'win32').hash)
  expect(led).toEqual(['#/failures', '#/live'])
  expect(tasks.every((task) => task.program === program && task.title !== '' && task.description !== '')).toBe(true)
})
