/** `npm run serve`: the headless host in the foreground, with the console built first when it is missing or outdated. */
import { buildIfOutdated, rendererBuild } from './build.ts'
import { giveUp } from './ensure.mjs'
import { serveHeadless } from './headless-entry.ts'

await buildIfOutdated(rendererBuild).catch(giveUp)
await serveHeadless()
