import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Runs a script of this folder and answers the first line it prints, as JSON. */
export async function firstJson<T>(
  script: string,
  args: readonly string[],
): Promise<{ value: T; child: ChildProcess }> {
  const path = new URL(script, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  return { value: JSON.parse(line) as T, child }
}
