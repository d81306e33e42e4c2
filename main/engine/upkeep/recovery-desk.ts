import type { Clock } from '#main/base/clock.ts'
import { closeCopy } from '#main/base/recovery-copy.ts'
import { readRecovery, writeRecovery } from '#main/base/recovery-file.ts'
import type { Recovery } from '#main/relay.ts'
import type { RecoveryState } from '#shared/domain/recovery.ts'

/** How the data key is kept beside the recovery copy: in words of whoever opened it. */
export type KeyKeeping = Pick<RecoveryState, 'keptBy' | 'sentence'>

interface Parts {
  readonly dataFolder: string
  readonly dataKey: Uint8Array
  readonly keeping: KeyKeeping
  readonly clock: Clock
}

/** A key file protects from other users, and from nobody else. */
export const keptInFile: KeyKeeping = {
  keptBy: 'file',
  sentence:
    'The key lies in the file data.key in the data folder. Other users of this machine can not read it; every program that runs as this user can.',
}

/** Lets a person set the passphrase that opens a second copy of the data key. */
export function recoveryDesk({ dataFolder, dataKey, keeping, clock }: Parts): Recovery {
  const state = (): RecoveryState => {
    const copy = readRecovery(dataFolder)
    return { ...keeping, isSet: copy !== null, setAt: copy?.setAt ?? null }
  }
  return {
    state,
    async set(passphrase) {
      writeRecovery(dataFolder, await closeCopy(dataKey, passphrase, clock.now()))
      return state()
    },
  }
}
