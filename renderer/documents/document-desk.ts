import { DiffLayout } from './diff-layout.ts'
import type { Layout, Row, TreeStep } from './rows.ts'
import { kindOf, layOut, type TextKind } from './text-layout.ts'
import { TreeLayout, treeOf } from './tree-layout.ts'

/** What can be asked about a document; its number is chosen by who asks. */
export type DocumentOrder =
  | { readonly do: 'add'; readonly doc: number; readonly text: string }
  | {
      readonly do: 'show'
      readonly doc: number
      readonly as: 'tree' | 'text'
      readonly columns: number
      readonly isCut: boolean
    }
  | {
      readonly do: 'compare'
      readonly doc: number
      readonly before: string
      readonly after: string
      readonly columns: number
    }
  | { readonly do: 'rows'; readonly doc: number; readonly from: number; readonly to: number }
  | { readonly do: 'toggle'; readonly doc: number; readonly row: number }
  | { readonly do: 'step'; readonly doc: number; readonly from: number; readonly step: TreeStep }
  | { readonly do: 'find'; readonly doc: number; readonly words: string; readonly from: number }
  | { readonly do: 'copy'; readonly doc: number; readonly row: number }
  | { readonly do: 'drop'; readonly doc: number }

/** How a document is laid out. `as` differs from what was asked for where there is no tree. */
export interface Shown {
  readonly as: 'tree' | 'text' | 'diff'
  readonly kind: TextKind
  readonly count: number
}

/** The answers, by what was asked. */
export interface DocumentAnswers {
  readonly add: null
  readonly show: Shown
  readonly compare: Shown
  readonly rows: Row[]
  readonly toggle: number
  readonly step: { readonly at: number; readonly row: Row | undefined; readonly count: number }
  readonly find: { readonly row: number | null; readonly count: number }
  readonly copy: string
  readonly drop: null
}

interface Document {
  text: string
  /** undefined: not looked for yet. */
  tree: TreeLayout | null | undefined
  layout: Layout | null
}

/** Keeps documents, and takes them apart: everything that takes its time with a large one. */
export class DocumentDesk {
  readonly #documents = new Map<number, Document>()

  take(order: DocumentOrder): DocumentAnswers[DocumentOrder['do']] {
    if (order.do === 'drop') {
      this.#documents.delete(order.doc)
      return null
    }
    const document = this.#documents.get(order.doc) ?? { text: '', tree: undefined, layout: null }
    this.#documents.set(order.doc, document)
    switch (order.do) {
      case 'add':
        document.text += order.text
        document.tree = undefined
        return null
      case 'show':
        return show(document, order)
      case 'compare':
        document.layout = new DiffLayout(order.before, order.after, order.columns)
        return { as: 'diff', kind: kindOf(order.after), count: document.layout.count }
      case 'rows':
        return document.layout?.slice(order.from, order.to) ?? []
      case 'toggle':
        document.tree?.toggle(order.row)
        return document.layout?.count ?? 0
      case 'step': {
        const at = document.tree?.step(order.from, order.step) ?? 0
        return { at, row: document.layout?.slice(at, at + 1)[0], count: document.layout?.count ?? 0 }
      }
      case 'find': {
        const row = document.layout?.find(order.words, order.from) ?? null
        return { row, count: document.layout?.count ?? 0 }
      }
      case 'copy':
        return document.layout?.textOf(order.row) ?? ''
    }
  }
}

function show(document: Document, { as, columns, isCut }: Extract<DocumentOrder, { do: 'show' }>): Shown {
  const kind = kindOf(document.text)
  if (as === 'tree') {
    if (document.tree === undefined) document.tree = kind === 'json' ? treeOf(document.text, isCut) : null
    document.layout = document.tree
  }
  if (as === 'text' || document.layout === null) document.layout = layOut(document.text, columns)
  return { as: document.layout instanceof TreeLayout ? 'tree' : 'text', kind, count: document.layout.count }
}
