import { count } from './wording.ts'

/** What the end of a pause lets out, told before it is ended. `many`: deliveries that it alone holds; null: not known. */
export function resumeWords(name: string, many: number | null): string {
  if (many === null)
    return `${name} goes on, and what waits goes out, in order. How many that are is not known at the moment.`
  if (many === 0) return `${name} goes on. Nothing waits to go out.`
  return `${name} goes on, and ${count(many, 'delivery that waits goes', 'deliveries that wait go')} out, in order.`
}
