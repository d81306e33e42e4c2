import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listenerScripts, standardTables } from '#main/connectors/connectwise/sql/scripts.ts'

const settings = { apiMember: 'patchbay', login: 'patchbay_relay' }
const names = ['install.sql', 'verify.sql', 'uninstall.sql'] as const

function template(name: string): string {
  return readFileSync(new URL(`../../../../../../main/connectors/connectwise/sql/${name}`, import.meta.url), 'utf8')
}

function script(name: string, given: Parameters<typeof listenerScripts>[0] = settings): string {
  return listenerScripts(given).find((one) => one.name === name)?.text ?? ''
}

/** The text without comments. */
function code(text: string): string {
  return text.replaceAll(/--.*$/gm, '')
}

/** The text without comments and without what stands in quotes. */
function bare(text: string): string {
  return code(text).replaceAll(/'(?:[^']|'')*'/g, "''")
}

function batches(text: string): string[] {
  return text.split(/^GO$/m)
}

describe('the listener scripts', () => {
  it('are the reviewed files when the settings are the ones in them', () => {
    expect(listenerScripts(settings).map((one) => one.name)).toEqual(names)
    for (const name of names) expect(script(name)).toBe(template(name))
  })

  it.each(names)('%s keeps to the part of T-SQL that every engine of the dialect knows', (name) => {
    const forbidden =
      /\b(MERGE|WAITFOR|DENY|SYNONYM|OUTPUT|CREATE\s+OR\s+ALTER|BROKER|CHANGE_TRACKING|CHANGETABLE|sp_cdc\w*|msdb|IDENTITY)\b/i
    expect(code(template(name))).not.toMatch(forbidden)
    expect(code(template(name))).not.toMatch(/\bWITH\s+\w+\s+AS\s*\(/i)
    expect(code(template(name))).not.toMatch(/CREATE TABLE[^;]*\bINDEX\b/i)
  })

  it.each(names)('%s separates its batches by GO alone on a line and ends with one', (name) => {
    const text = template(name)
    expect(text.endsWith('\nGO\n')).toBe(true)
    expect(text).not.toMatch(/^\s*go\b(?!$)|^\s+GO$/im)
    expect(text).not.toContain('\r')
    for (const batch of batches(text)) expect((code(batch).match(/'/g) ?? []).length % 2).toBe(0)
  })

  it('makes nothing that is there already', () => {
    const text = code(template('install.sql'))
    for (const [, table = ''] of text.matchAll(/CREATE TABLE ([\w.]+)/g)) {
      expect(text).toContain(`IF OBJECT_ID(N'${table}', N'U') IS NULL`)
    }
    const indexes = [
      ...text.matchAll(/IF \(SELECT COUNT\(\*\) FROM sys\.indexes [^;]*\) = (\d)\s+EXEC \(N'CREATE INDEX/g),
    ]
    expect(indexes.map((match) => match[1])).toEqual(['0', '1'])
    expect(text.match(/CREATE INDEX/g)).toHaveLength(2)
    const procedures = [...text.matchAll(/CREATE PROCEDURE (patchbay\.\w+)/g)].map((match) => match[1] ?? '')
    expect(procedures).toHaveLength(5)
    for (const procedure of procedures) {
      const guard = `IF OBJECT_ID(N'${procedure}', N'P') IS NOT NULL DROP PROCEDURE ${procedure};`
      expect(text.indexOf(guard)).toBeGreaterThan(0)
      expect(text.indexOf(guard)).toBeLessThan(text.indexOf(`CREATE PROCEDURE ${procedure}`))
      expect(template('uninstall.sql')).toContain(guard)
      expect(text).toContain(`GRANT EXECUTE ON ${procedure} TO `)
    }
    expect(text).toMatch(/IF NOT EXISTS \(SELECT 1 FROM sys\.schemas[^;]*CREATE SCHEMA patchbay/s)
    expect(text).toMatch(/IF NOT EXISTS \(SELECT 1 FROM sys\.database_principals[^;]*EXEC \(@create\)/s)
  })

  it('puts nothing into any schema but its own, and grants nothing but EXECUTE', () => {
    const text = code(template('install.sql'))
    const made = [...text.matchAll(/(?:CREATE (?:TABLE|PROCEDURE)|INSERT INTO|UPDATE|DELETE FROM) (?!@|FROM)([\w.]+)/g)]
    expect(made.length).toBeGreaterThan(15)
    for (const [, name] of made) expect(name).toMatch(/^patchbay\./)
    expect(new Set([...text.matchAll(/GRANT (\w+) ON/g)].map((match) => match[1]))).toEqual(new Set(['EXECUTE']))
    expect(bare(text)).not.toMatch(/PASSWORD/i)
  })

  it('says of each column beside INFORMATION_SCHEMA, which has names like ours, to which table it belongs', () => {
    const fill = /INSERT INTO patchbay\.watched_table \([^)]*\)\s(SELECT.*?)^GO/ms.exec(
      code(template('install.sql')),
    )?.[1]
    const names = bare(fill ?? '').matchAll(
      /(\w+\.)?(?<!\w)(schema_name|table_name|key_column|entity|is_part|delete_flag)\b/gi,
    )
    const owners = [...names].map(([, owner]) => owner)
    expect(owners.length).toBeGreaterThan(15)
    expect(new Set(owners)).toEqual(new Set(['w.', 'c.']))
  })

  it('lets the login poll before it tries the triggers, which a busy table may refuse', () => {
    const text = code(template('install.sql'))
    expect(text.indexOf('GRANT EXECUTE')).toBeLessThan(text.indexOf('CREATE TRIGGER'))
  })

  it('leases with the whole condition in the UPDATE as well as in its choice', () => {
    const lease = /CREATE PROCEDURE patchbay\.lease_events.*?^GO/ms.exec(template('install.sql'))?.[0] ?? ''
    const flat = lease.replaceAll(/\s+/g, ' ')
    const inner = /WHERE (q\.status.*?) ORDER BY/.exec(flat)?.[1] ?? ''
    const outer = /\) AND (status .*?); SELECT/.exec(flat)?.[1] ?? ''
    expect(outer).toBe(inner.replaceAll('q.', ''))
    expect(outer).toContain('lease_until')
    expect(flat.match(/WITH \(ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK\)/g)).toHaveLength(2)
    expect(flat).toContain('WHERE lease_token = @token')
  })

  it('never says READPAST without READCOMMITTEDLOCK, which databases with READ_COMMITTED_SNAPSHOT demand', () => {
    const hints = code(template('install.sql')).match(/WITH \([^)]*READPAST[^)]*\)/g) ?? []
    expect(hints).toHaveLength(4)
    for (const hint of hints) expect(hint).toContain('READCOMMITTEDLOCK')
    expect(template('verify.sql')).toContain('is_read_committed_snapshot_on')
  })

  it.each(['acknowledge_events', 'set_aside_event'])('lets only the holder of the lease call %s', (procedure) => {
    const text = new RegExp(`CREATE PROCEDURE patchbay\\.${procedure}.*?^GO`, 'ms').exec(template('install.sql'))?.[0]
    expect(text).toContain('lease_token = @lease_token')
  })

  it('gives the triggers one INSERT and nothing that can fail', () => {
    const triggers = [...template('install.sql').matchAll(/N'(CREATE TRIGGER(?:[^']|'')*)'/g)].map(
      (match) => match[1] ?? '',
    )
    expect(triggers).toHaveLength(2)
    for (const trigger of triggers) {
      expect(trigger).toMatch(/BEGIN\s+SET NOCOUNT ON;\s+INSERT INTO patchbay\.event_queue/)
      expect(trigger.match(/;/g)).toHaveLength(2)
      expect(trigger).not.toMatch(/\b(CONVERT|CAST|EXEC|TRY|RAISERROR|THROW|ROLLBACK|COMMIT|DECLARE)\b/i)
    }
  })

  it('keeps the queue only as long as a trigger writes to it', () => {
    const text = code(template('uninstall.sql'))
    expect(text.indexOf('DROP TRIGGER')).toBeLessThan(text.indexOf('DROP TABLE patchbay.event_queue'))
    expect(text).toMatch(/IF EXISTS \(SELECT 1 FROM sys\.triggers[^;]*RAISERROR[^;]*;\s*ELSE/s)
  })

  it('takes the settings into the configuration block', () => {
    const tables = [
      { schema: 'crm', table: 'Project', key: 'Project_RecID', entity: 'project', isPart: false, deleteFlag: null },
    ]
    const text = script('install.sql', { apiMember: "O'Neill", login: 'DOMAIN\\relay]', tables })
    expect(text).toContain("DECLARE @api_member nvarchar(100) = N'O''Neill';")
    expect(text).toContain("DECLARE @login_name nvarchar(128) = N'DOMAIN\\relay]';")
    expect(text.match(/INSERT INTO @watched .*/g)).toEqual([
      "INSERT INTO @watched (schema_name, table_name, key_column, entity, is_part, delete_flag) VALUES (N'crm', N'Project', N'Project_RecID', N'project', 0, NULL);",
    ])
    expect(standardTables.map((one) => one.table)).toContain('Contact_Communication')
  })

  it('has no setting that could end its string, its line or its batch', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '\n', '\r', 'G', 'O', ';', '-', ']', ' ', '\u2028') }),
        (login) => {
          const written = script('install.sql', { apiMember: login, login })
          const original = template('install.sql')
          expect(written.split('\n')).toHaveLength(original.split('\n').length)
          const literals = written.match(/^DECLARE @(api_member|login_name).*$/gm) ?? []
          expect(literals).toHaveLength(2)
          for (const line of literals) expect(line).toMatch(/^DECLARE @\w+ nvarchar\(\d+\) = N'(?:[^']|'')*';$/)
        },
      ),
    )
  })
})
