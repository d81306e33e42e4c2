import { Button } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import { versionsAddress } from '#renderer/state/mappings/mapping-place.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import styles from './mapping-editor.module.css'

/** Somebody saved a newer version while this draft was made. */
export function StaleDraft({ newest, base }: { newest: MappingVersion; base: MappingVersion }) {
  const restart = useConsole((state) => state.mappings.restart)
  const difference = versionsAddress(base.mappingId, { from: String(base.version), to: String(newest.version) })
  return (
    <div className={styles.stale} data-tone="wait" role="alert">
      <span>
        {newest.author} saved version {newest.version} since you began. Saved now, your draft replaces it.
      </span>
      <a href={difference}>See what changed</a>
      <Button size="compact-xs" variant="default" onClick={() => restart(newest)}>
        Take version {newest.version} instead
      </Button>
    </div>
  )
}
