/**
 * `npm run test:mutations`: do the tests that guard "nothing lost, nothing doubled" notice when it is broken? In a scratch copy
 * each mutation breaks the code on purpose, its tests run, and the table says which of them failed. Exits with 1 when one was not
 * noticed, or when tests fail that nobody has broken anything for.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#main/setup/ensure.mjs'
import { temporaryFolder } from '#test/support/temporary.ts'
import { mutations, type Edit } from './mutation-list.ts'

const scratch = temporaryFolder()
process.on('exit', () => scratch.remove())
for (const name of ['main', 'shared', 'test', 'renderer', 'electron', 'package.json', 'tsconfig.json']) {
  cpSync(join(root, name), join(scratch.path, name), { recursive: true })
}
symlinkSync(join(root, 'node_modules'), join(scratch.path, 'node_modules'), 'dir')

const only = process.argv[2]
const chosen = mutations.filter(({ name }) => only === undefined || name.includes(only))
const unsound = failures([...new Set(chosen.flatMap(({ tests }) => tests))], 16)
if (unsound.length > 0)
  console.log(`These fail although nothing is broken, and don't count:\n  ${unsound.join('\n  ')}`)
const rows = chosen.map((mutation) => {
  const caught = withEdits(mutation.edits, () => failures(mutation.tests, mutation.rounds ?? 0)).filter(
    (name) => !unsound.includes(name),
  )
  console.log(`${caught.length === 0 ? 'NOT NOTICED' : 'noticed'}: ${mutation.name}`)
  return { mutation, caught }
})
console.log('\n| Broken on purpose | Noticed by |\n|---|---|')
for (const { mutation, caught } of rows) console.log(`| ${mutation.name} | ${shown(caught)} |`)
const unnoticed = rows.filter(({ caught }) => caught.length === 0).length
console.log(`${rows.length - unnoticed} passed, ${unnoticed} failed`)
process.exitCode = unnoticed + unsound.length === 0 ? 0 : 1

function shown(caught: readonly string[]): string {
  if (caught.length === 0) return 'nobody'
  return caught.slice(0, 4).join('; ') + (caught.length > 4 ? `; and ${caught.length - 4} more` : '')
}

/** Breaks the copy, does something, mends it. Throws when the code to be broken is not there any more. */
function withEdits<T>(edits: readonly Edit[], work: () => T): T {
  const before = edits.map(({ file }) => readFileSync(join(scratch.path, file), 'utf8'))
  try {
    for (const [index, { file, from, to }] of edits.entries()) {
      const text = before[index] ?? ''
      if (!text.includes(from)) throw new Error(`${file} has no "${from}"; change the mutation along with it`)
      writeFileSync(join(scratch.path, file), text.replaceAll(from, to))
    }
    return work()
  } finally {
    for (const [index, { file }] of edits.entries()) writeFileSync(join(scratch.path, file), before[index] ?? '')
  }
}

/** The names of the tests that fail in the copy. */
function failures(tests: readonly string[], rounds: number): string[] {
  return [...(tests.length > 0 ? failedTests(tests) : []), ...(rounds > 0 ? failedRounds(rounds) : [])]
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

function failedTests(tests: readonly string[]): string[] {
  const output = join(scratch.path, 'report.json')
  const options = ['run', '--config=test/vitest.config.ts', '--reporter=json', `--outputFile=${output}`, ...tests]
  run('node_modules/vitest/vitest.mjs', options)
  if (!existsSync(output)) return ['the tests did not run']
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as VitestReport
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName)
    return status === 'failed' && failed.length === 0 ? [`${name} as a whole`] : failed
  })
}

function failedRounds(rounds: number): string[] {
  const output = run('test/crash/run.ts', ['--rounds', String(rounds), '--seed', '1'])
  const kinds = new Set([...output.matchAll(/^BROKEN \([^)]*\) ([A-Z ]+):/gm)].map(([, kind]) => kind ?? ''))
  if (/ 0 failed\s*$/.test(output)) return []
  return [`test:crash (${kinds.size === 0 ? 'did not get through' : [...kinds].join(', ').toLowerCase()})`]
}

function run(script: string, options: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...options], { cwd: scratch.path, encoding: 'utf8' })
  return `${stderr}\n${stdout}`
}
