import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide } from '#renderer/parts/guide.tsx'

/** For the administrator of the database: the login that the scripts give their few rights to. */
export function SqlLoginGuide({ login }: { readonly login: string }) {
  const name = login.replaceAll(']', ']]')
  return (
    <Guide
      title="Make the login"
      lead="In SQL Server Management Studio, as an administrator. SQL Server 2016 or later; Windows logins are not used."
    >
      <li>
        Run this with a password of your own, then enter both here:
        <CopyField text={`CREATE LOGIN [${name}] WITH PASSWORD = N'…';`} what="the statement" />
      </li>
      <li>
        Give it no rights by hand. The script install.sql, one step on, lets it run five procedures and nothing else: it
        reads ids from a queue, and Patchbay reads the records through the ConnectWise API.
      </li>
      <li>Mixed mode has to be on: server properties, Security, “SQL Server and Windows Authentication mode”.</li>
    </Guide>
  )
}
