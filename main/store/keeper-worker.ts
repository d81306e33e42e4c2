import { closeSync, openSync, fsyncSync, renameSync, rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { openForReading } from './open.ts'
import type { KeeperAnswer, KeeperTask } from './keeper.ts'

const port = parentPort
if (port === null) throw new Error('keeper-worker.ts runs as a worker thread only')

/** Pages copied in one go. */
const pagesPerGo = 2_000

/** Problems told at most; one is enough to act upon. */
const mostProblems = 5

port.postMessage(await carryOut(workerData as KeeperTask))

async function carryOut(task: KeeperTask): Promise<KeeperAnswer> {
  try {
    const problems = task.kind === 'backup' ? await backUp(task.file, task.target) : check(task.file, task.thorough)
    return { kind: 'done', problems }
  } catch (thrown) {
    const { code, message } = thrown as { code?: unknown; message?: unknown }
    return { kind: 'failed', code: String(code), message: String(message) }
  }
}

function check(file: string, thorough: boolean): readonly string[] {
  const db = openForReading(file)
  try {
    const rows = db.pragma(`${thorough ? 'integrity_check' : 'quick_check'}(${mostProblems})`) as Record<
      string,
      string
    >[]
    return rows.flatMap((row) => Object.values(row)).filter((line) => line !== 'ok')
  } finally {
    db.close()
  }
}

/**
 * Copies the database as it is at this moment, looks the copy through, and only then gives it its name.
 *
 * The copying connection holds on to one view of the file: without it every commit of the writer would make the copy start anew.
 */
async function backUp(file: string, target: string): Promise<readonly string[]> {
  const part = `${target}.part`
  rmSync(part, { force: true })
  const db = openForReading(file)
  try {
    db.exec('begin; select count(*) from settings')
    await db.backup(part, { progress: () => pagesPerGo })
  } finally {
    db.close()
  }
  const problems = seal(part)
  if (problems.length > 0) rmSync(part, { force: true })
  else renameSync(part, target)
  return problems
}

/** Makes a file of its own of a copy (one that needs no log beside it), and answers what is wrong with it. */
function seal(part: string): readonly string[] {
  const copy = new Database(part)
  try {
    copy.pragma('journal_mode = delete')
  } finally {
    copy.close()
  }
  const handle = openSync(part, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  return check(part, true)
}
