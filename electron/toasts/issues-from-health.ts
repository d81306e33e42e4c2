import type { Health } from '#shared/domain/health.ts'

/** Something that wants a person. */
export interface Issue {
  /** Stays the same while the issue is open. */
  readonly key: string
  readonly title: string
  readonly body: string
  /** Where in the console it is dealt with. */
  readonly hash: string
}

/** What is wrong now, told from the relay's health alone. */
export function issuesFromHealth({ connections, queue, sources, storage }: Health): readonly Issue[] {
  const isDown = ({ state }: { readonly state: string }) => state === 'down'
  const words = (reason: string | null, nextStep: string | null) => [reason, nextStep].filter(Boolean).join(' ')
  return [
    ...connections.filter(isDown).map(({ id, name, nextStep, reason }) => ({
      key: `connection ${id}`,
      title: `${name} can’t be used`,
      body: words(reason, nextStep),
      hash: `#/connections/${id}`,
    })),
    ...sources.filter(isDown).map(({ id, name, nextStep, reason }) => ({
      key: `source ${id}`,
      title: `No events come from ${name}`,
      body: words(reason, nextStep),
      hash: '#/connections',
    })),
    ...(storage !== undefined && isDown(storage)
      ? [
          {
            key: 'storage',
            title: 'Patchbay can’t store anything',
            body: words(storage.reason, storage.nextStep),
            hash: '#/settings/storage',
          },
        ]
      : []),
    ...counted(queue.dead, 'dead', 'failed', 'No further try can help; somebody has to look.'),
    ...counted(queue.parked, 'parked', 'to decide', 'Patchbay holds back until a person has chosen.'),
  ]
}

function counted(count: number, key: string, what: string, body: string): readonly Issue[] {
  if (count === 0) return []
  return [{ key, title: `${count} ${count === 1 ? 'delivery' : 'deliveries'} ${what}`, body, hash: '#/failures' }]
}
