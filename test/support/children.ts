import type { ChildProcess } from 'node:child_process'

const children = new Set<ChildProcess>()
process.on('exit', endChildren)

/** A process that must not outlive this one, however this one ends (but for a SIGKILL). */
export function endsWithUs(child: ChildProcess): void {
  children.add(child)
  child.once('exit', () => children.delete(child))
}

/** Ends those that are still there, so that nothing keeps this process waiting. */
export function endChildren(): void {
  for (const child of children) child.kill()
}
