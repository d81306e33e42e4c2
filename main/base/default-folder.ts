import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Patchbay keeps its data when nobody says otherwise: the usual place of each operating system. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Patchbay')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Patchbay')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'patchbay')
}
