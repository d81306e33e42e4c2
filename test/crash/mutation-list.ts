/** One place that is broken: `from` becomes `to`. */
export interface Edit {
  readonly file: string
  readonly from: string
  readonly to: string
}

export interface Mutation {
  readonly name: string
  readonly edits: readonly Edit[]
  /** Test files that should notice; a number of crash rounds may stand beside them. */
  readonly tests: readonly string[]
  readonly rounds?: number
}

/** Ways to break what "nothing lost, nothing doubled" rests on. */
export const mutations: readonly Mutation[] = [
  {
    name: 'the sender is answered before the commit',
    edits: [
      {
        file: 'main/journal/journal.ts',
        from: 'append: (arrival) => store.write((tx) => append(tx, arrival)),',
        to: `append: async (arrival) => {
          setTimeout(() => void store.write((tx) => append(tx, arrival)), 20)
          return arrival.items.map(() => ({ eventId: 1 as never, duplicate: false }))
        },`,
      },
    ],
    tests: ['test/unit/main/journal', 'test/durability/power-cut.test.ts'],
    rounds: 16,
  },
  {
    name: 'commits do not wait for the disk (synchronous = NORMAL)',
    edits: [
      { file: 'main/store/open.ts', from: 'synchronous = FULL', to: 'synchronous = NORMAL' },
      { file: 'main/store/store.ts', from: 'synchronous = FULL', to: 'synchronous = NORMAL' },
    ],
    tests: ['test/unit/main/store/store.test.ts', 'test/durability/power-cut.test.ts'],
  },
  {
    name: 'no lanes: every delivery may be leased at once',
    edits: [
      { file: 'main/queue/queue.ts', from: 'const head = isEmpty(tx, delivery.lane) ? 1 : 0', to: 'const head = 1' },
    ],
    tests: ['test/property/queue.test.ts'],
    rounds: 16,
  },
  {
    name: 'no dedupe: a known event is stored once more',
    edits: [{ file: 'main/journal/append.ts', from: 'if (known !== null) {', to: 'if (known !== null && false) {' }],
    tests: ['test/unit/main/journal'],
    rounds: 16,
  },
  {
    name: 'no look-up before a create',
    edits: [
      {
        file: 'main/connectors/connectwise/creating.ts',
        from: 'const [record, twin] = found.value',
        to: 'const [record, twin] = found.value.slice(0, 0)',
      },
      {
        file: 'main/mapping/transform/find-counterpart.ts',
        from: 'const [record, ...others] = hits.value',
        to: 'const [record, ...others] = hits.value.slice(0, 0)',
      },
    ],
    tests: ['test/conformance', 'test/unit/main/mapping/transform'],
    rounds: 50,
  },
  {
    name: 'outcomes may be lost with the power',
    edits: [
      {
        file: 'main/engine/deliver/carry-out.ts',
        from: 'await ports.store.write((tx) => {\n    const isOurs = recordOutcome',
        to: 'await ports.store.writeLight((tx) => {\n    const isOurs = recordOutcome',
      },
    ],
    tests: ['test/durability/power-cut.test.ts'],
  },
  {
    name: 'leases of a host that died are not taken back',
    edits: [
      {
        file: 'main/engine/upkeep/sweep.ts',
        from: 'this.#takeBack(Number.MAX_SAFE_INTEGER)',
        to: 'this.#takeBack(0)',
      },
    ],
    tests: [],
    rounds: 16,
  },
]
