import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Sends the command line to whoever listens there; ends with 0 when somebody did. */
const knock = `const s = require('node:net').connect(process.argv[1], () => s.end(process.argv[2])); s.on('error', () => process.exit(1))`

/**
 * One process for each folder: the first one listens on a socket, and hears the command lines of those that come later. Electron answers at
 * once, so the knock is a process that is waited for.
 */
export function holdInstance(folder: string, onSecond: (argv: readonly string[]) => void): boolean {
  mkdirSync(folder, { recursive: true })
  // A socket's path is short; a folder's may not be.
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\electron-host-${name}` : join(tmpdir(), `electron-host-${name}`)
  const { status } = spawnSync(process.execPath, ['-e', knock, path, JSON.stringify(process.argv)])
  if (status === 0) return false
  // What a process that was ended at once has left behind.
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    socket.on('end', () => onSecond(JSON.parse(text) as string[]))
  })
  // What a killed one has left is in nobody's hands.
  rmSync(path, { force: true })
  server.listen(path)
  process.on('exit', () => rmSync(path, { force: true }))
  server.unref()
  return true
}
