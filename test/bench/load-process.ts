import { load, type LoadOptions } from './load.ts'

/** The load generator in a process of its own, so that it does not share a thread with what it measures. */
const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions
console.log(JSON.stringify(await load(options)))
