/**
 * How much room V8 may take for garbage in the relay's process, as arguments for Node.
 *
 * What the relay holds is some 60 MB; with its own habits V8 lets that grow to 350 before it tidies up, as it expects a program to have the
 * machine to itself. A smaller nursery and a collection after two fifths more keep it near 100, and cost no time that could be measured.
 * The nursery is laid out before the first line runs, so these can't be set from within. There is no upper bound: a large body must not
 * end the relay.
 */
export const heapFlags = ['--max-semi-space-size=8', '--heap-growing-percent=40'] as const
