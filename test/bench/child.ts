import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { endsWithUs } from '#test/support/children.ts'

/** Runs a script, named as seen from this folder, and answers the first line it prints, as JSON. */
export async function firstJson<T>(
  script: string,
  args: readonly string[],
): Promise<{ value: T; child: ChildProcess }> {
  const path = new URL(script, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  endsWithUs(child)
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'close').then(() => null)
  const first = await Promise.race([once(lines, 'line') as Promise<[string]>, ended])
  if (first === null) throw new Error(`${script} ended before it said anything`)
  return { value: JSON.parse(first[0]) as T, child }
}
