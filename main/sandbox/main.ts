import { parseArgs } from 'node:util'
import { startSandbox } from './sandbox.ts'

/** Runs the sandbox alone: `node main/sandbox/main.ts --json [--file F] [--seed N] [--receiver URL] [--traffic N] [--calls-a-day N]`. SIGTERM ends it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      file: { type: 'string' },
      seed: { type: 'string' },
      receiver: { type: 'string' },
      traffic: { type: 'string' },
      'calls-a-day': { type: 'string' },
    },
  })
  const sandbox = await startSandbox({
    ...(values.file === undefined ? {} : { file: values.file }),
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    ...(values['calls-a-day'] === undefined ? {} : { callsADay: Number(values['calls-a-day']) }),
  })
  if (values.receiver !== undefined) await sandbox.announceTo(values.receiver)
  if (values.traffic !== undefined) await sandbox.setTraffic(Number(values.traffic))
  const { addresses } = sandbox
  const lines = `Salesforce ${addresses.salesforceUrl}\nConnectWise ${addresses.connectwiseUrl}\nSQL Server port ${addresses.sqlServer.port}`
  process.stdout.write(`${values.json ? JSON.stringify(addresses) : lines}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void sandbox.close())
}

await main()
