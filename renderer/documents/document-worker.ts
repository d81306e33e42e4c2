import { DocumentDesk, type DocumentOrder } from './document-desk.ts'

/** An order with a number by which its answer is known. */
export interface WorkerOrder {
  readonly id: number
  readonly order: DocumentOrder
}

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string }

const desk = new DocumentDesk()

self.addEventListener('message', ({ data: { id, order } }: MessageEvent<WorkerOrder>) => {
  self.postMessage(answer(id, order))
})

function answer(id: number, order: DocumentOrder): WorkerAnswer {
  try {
    return { id, ok: true, value: desk.take(order) }
  } catch (thrown) {
    return { id, ok: false, message: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
