import { listenerScripts } from '#main/connectors/connectwise/sql/scripts.ts'
import { os } from '../implementer.ts'
import { granted, invalid, notFound } from '../refusals.ts'
import { secretsOf } from '../secret-names.ts'

export const sources = {
  list: os.sources.list.handler(async ({ context }) => {
    const reader = context.host.reader()
    const [stored, secrets] = await Promise.all([reader.read('listSources'), reader.read('secretsSet')])
    return stored.map((source) => ({ source, secrets: secretsOf(source.kind, secrets[`source:${source.id}`]) }))
  }),
  save: os.sources.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveSource(input.source, input.secrets, context.who)),
  ),
  remove: os.sources.remove.handler(async ({ input, context }) => ({
    id: granted(await context.host.workspaces.relay.removeSource(input.id, context.who)),
  })),
  test: os.sources.test.handler(async ({ input, context }) => ({
    checks: [...granted(await context.host.workspaces.relay.testSource(input.id))],
  })),
  scripts: os.sources.scripts.handler(async ({ input, context }) => {
    const reader = context.host.reader()
    const source = await reader.read('oneSource', input.id)
    if (source === null) throw notFound(`source ${input.id}`)
    if (source.kind !== 'connectwise-sql')
      throw invalid('id', `${source.name} has no scripts: it does not read from SQL Server.`)
    const connection = await reader.read('oneConnection', source.settings.connectionId)
    if (connection?.kind !== 'connectwise') {
      throw invalid('id', `${source.name} has to name a ConnectWise connection first: the scripts need its API member.`)
    }
    return [...listenerScripts({ apiMember: connection.settings.memberId, login: source.settings.user })]
  }),
}
