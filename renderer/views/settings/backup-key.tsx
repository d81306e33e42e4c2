import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'

/** What has to go along with a backup so that the passwords in it can be read elsewhere: that depends on how their key is kept. */
export function BackupKey() {
  const { value } = useAnswer('recovery', (call) => call.recovery.state())
  if (value === null) return null
  const recovery = <a href={addressOf('settings', ['recovery'])}>recovery passphrase</a>
  if (value.isSet)
    return (
      <>
        Take the file recovery.json of the data folder along: the key to the stored passwords is not in a backup, and on
        another machine your {recovery} opens it from there.
      </>
    )
  if (value.keptBy === 'file')
    return (
      <>
        Take the key file data.key of the data folder along, and keep it as safe as the passwords: it is not in a
        backup, and without it they can’t be read. With a {recovery} you need not carry it about.
      </>
    )
  return (
    <>
      The key to the stored passwords is not in a backup, and this machine locks it for your sign-in: elsewhere the
      passwords can’t be read. Set a {recovery} first.
    </>
  )
}
