import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '#main/setup/ensure.mjs'
import { parseTree } from './support/boundaries.ts'
import { maxLines, violations } from './support/boundary-rules.ts'

/** What the rules say about a small tree made up for the purpose. */
function check(tree: Record<string, string>): readonly string[] {
  return violations(parseTree(new Map(Object.entries(tree))))
}

/** Every source of the project: those that git knows and that are still there, and new ones it does not ignore. */
function readProject(): Map<string, string> {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  const paths = list
    .toString()
    .split('\n')
    .filter(
      (path) => /^(shared|main|renderer|electron|test)\/.*\.(ts|tsx|mjs)$/.test(path) && existsSync(join(root, path)),
    )
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

describe('the tree', () => {
  it('keeps the layers', () => {
    const files = parseTree(readProject())
    expect(files.length).toBeGreaterThan(20)
    expect(violations(files)).toEqual([])
  })
})

describe('the rules', () => {
  it('let a tree pass that keeps them', () => {
    expect(
      check({
        'shared/domain/ids.ts': `import * as z from 'zod'`,
        'main/base/clock.ts': `export const now = () => Date.now()`,
        'main/journal/append.ts': `import '#shared/domain/ids.ts'; import '#main/store/open.ts'; import './rows.ts'`,
        'main/engine.ts': `import '#main/journal/append.ts'; import './outbound/worker.ts'`,
        'main/host/handlers/events.ts': `import type { Relay } from '#main/relay.ts'`,
        'main/headless.ts': `import './engine.ts'; console.log(1)`,
        'electron/entry.ts': `import { app } from 'electron'; import '#main/host/serve.ts'`,
        'renderer/views/live.tsx': `import '#shared/domain/ids.ts'; export const view = <div />`,
      }),
    ).toEqual([])
  })

  it.each([
    ['a lower layer reaching up', 'main/store/open.ts', `import '#main/queue/queue.ts'`],
    ['a stage importing another stage', 'main/mapping/route/route.ts', `import '#main/outcomes/record.ts'`],
    ['the same by a relative path', 'main/mapping/plan.ts', `import '../outcomes/record.ts'`],
    ['a type import across stages', 'main/inbound/door.ts', `import type { Journal } from '#main/journal/journal.ts'`],
    ['a re-export across stages', 'main/inbound/door.ts', `export * from '#main/journal/journal.ts'`],
    ['a dynamic import across stages', 'main/inbound/door.ts', `await import('#main/journal/journal.ts')`],
    ['the relay knowing the sandbox', 'main/host/sandbox.ts', `import '#main/sandbox/world.ts'`],
    ['the sandbox knowing the relay', 'main/sandbox/world.ts', `import '#main/connectors/connector.ts'`],
    ['a connector knowing the engine', 'main/connectors/http.ts', `import '#main/engine.ts'`],
    ['the renderer reaching into the relay', 'renderer/app.tsx', `import '#main/relay.ts'`],
    ['shared reaching into the relay', 'shared/logic/match.ts', `import '#main/base/clock.ts'`],
    ['shared using a Node module', 'shared/logic/match.ts', `import 'node:fs'`],
    ['shared using a package for one runtime', 'shared/logic/match.ts', `import { create } from 'zustand'`],
    ['Electron outside the shell', 'main/host/window.ts', `import { app } from 'electron'`],
    ['product code importing tests', 'main/queue/queue.ts', `import '#test/support/clock.ts'`],
    ['climbing two folders', 'main/host/handlers/events.ts', `import '../../relay.ts'`],
    ['a file outside the layers', 'main/helpers.ts', `export const x = 1`],
    ['the clock behind the back of its owner', 'main/queue/queue.ts', `export const due = Date.now() + 1`],
    ['printing from the relay', 'main/inbound/door.ts', `console.log('x')`],
    ['a file that grew too long', 'main/queue/queue.ts', 'export {}\n'.repeat(maxLines + 1)],
    ['unfinished work', 'main/queue/queue.ts', `// ${'TO' + 'DO'}: later`],
    ['a check switched off', 'main/queue/queue.ts', `// @ts-${'ignore'}`],
  ])('catch %s', (_what, path, text) => {
    expect(check({ [path]: text })).toHaveLength(1)
  })

  it('do not take words in a comment or a text for an import', () => {
    const text = `// import '#main/journal/journal.ts'\nexport const hint = "import '#main/journal/journal.ts'; Date.now()"`
    expect(check({ 'main/inbound/door.ts': text })).toEqual([])
  })

  it('name the way round of a cycle, once', () => {
    const tree = {
      'main/queue/a.ts': `import './b.ts'`,
      'main/queue/b.ts': `import { type C } from './c.ts'`,
      'main/queue/c.ts': `export * from '#main/queue/a.ts'`,
    }
    expect(check(tree)).toEqual(['cycle: main/queue/a.ts -> main/queue/b.ts -> main/queue/c.ts -> main/queue/a.ts'])
  })

  it('let types refer to each other', () => {
    const tree = { 'main/queue/a.ts': `import './b.ts'`, 'main/queue/b.ts': `import type { A } from './a.ts'` }
    expect(check(tree)).toEqual([])
  })
})
