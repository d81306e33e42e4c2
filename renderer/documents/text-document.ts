import type { DocumentAnswers, DocumentOrder, Shown } from './document-desk.ts'
import type { WorkerAnswer } from './document-worker.ts'
import type { Row, TreeStep } from './rows.ts'

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** The one worker of the page; started with the first document, and anew after it broke down. */
let worker: Worker | null = null
let lastId = 0
const pending = new Map<number, Pending>()

function ask<Do extends DocumentOrder['do']>(order: Extract<DocumentOrder, { do: Do }>): Promise<DocumentAnswers[Do]> {
  worker ??= startWorker()
  const id = (lastId += 1)
  worker.postMessage({ id, order })
  return new Promise((resolve, reject) => pending.set(id, { resolve: resolve as Pending['resolve'], reject }))
}

function startWorker(): Worker {
  const started = new Worker(new URL('document-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    const waiting = pending.get(data.id)
    pending.delete(data.id)
    if (data.ok) waiting?.resolve(data.value)
    else waiting?.reject(new Error(`It can’t be taken apart: ${data.message}`))
  })
  started.addEventListener('error', () => {
    started.terminate()
    worker = null
    for (const { reject } of pending.values()) reject(new Error('It was too much to take apart at once.'))
    pending.clear()
  })
  return started
}

/** A text that a worker keeps and takes apart, so that the window stays alive however large it is. */
export class TextDocument {
  readonly #doc = (lastId += 1)

  constructor(text = '') {
    if (text !== '') this.add(text)
  }

  /** Adds to its end. */
  add(text: string): void {
    ask({ do: 'add', doc: this.#doc, text }).catch(() => undefined)
  }

  /** Lays it out; the other questions are about what is laid out. */
  show(as: 'tree' | 'text', columns: number, isCut: boolean): Promise<Shown> {
    return ask({ do: 'show', doc: this.#doc, as, columns, isCut })
  }

  /** Lays out two texts as one in its place. */
  compare(before: string, after: string, columns: number): Promise<Shown> {
    return ask({ do: 'compare', doc: this.#doc, before, after, columns })
  }

  rows(from: number, to: number): Promise<Row[]> {
    return ask({ do: 'rows', doc: this.#doc, from, to })
  }

  /** Opens or closes a row of a tree; answers how many rows there are now. */
  toggle(row: number): Promise<number> {
    return ask({ do: 'toggle', doc: this.#doc, row })
  }

  /** Goes a step in a tree; answers the row it leads to, and how many rows there are now. */
  step(from: number, step: TreeStep): Promise<DocumentAnswers['step']> {
    return ask({ do: 'step', doc: this.#doc, from, step })
  }

  /** The next row with these words, and how many rows there are now that it can be seen. */
  find(words: string, from: number): Promise<{ readonly row: number | null; readonly count: number }> {
    return ask({ do: 'find', doc: this.#doc, words, from })
  }

  /** What a person copies from a row. */
  copy(row: number): Promise<string> {
    return ask({ do: 'copy', doc: this.#doc, row })
  }

  close(): void {
    ask({ do: 'drop', doc: this.#doc }).catch(() => undefined)
  }
}
