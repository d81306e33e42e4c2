import { useConsole } from '#renderer/state/console-context.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { SandboxDesk } from './sandbox-desk.tsx'
import { SandboxOff } from './sandbox-off.tsx'

/** The sandbox: where it is switched on, and what can be done in it. */
export function SandboxScreen({ place }: ScreenProps) {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  return workspace === 'sandbox' ? <SandboxDesk place={place} /> : <SandboxOff />
}
