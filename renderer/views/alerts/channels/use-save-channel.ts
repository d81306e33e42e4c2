import type { SaveRefusal } from '#renderer/state/connections-slice.ts'
import { useCall, useConsole } from '#renderer/state/console-context.ts'
import { refusedField, sentenceOf } from '#renderer/state/host-error.ts'
import { channel, type ChannelKind } from '#shared/domain/channel.ts'
import type { FormValues } from '#renderer/views/connections/form-fields.ts'

/** Saves a channel from the values of its form; null when saved. */
export function useSaveChannel(kind: ChannelKind, id: string, enabled: boolean) {
  const call = useCall()
  const tell = useConsole((state) => state.notices.tell)
  return async (name: string, settings: FormValues, secrets: Record<string, string>): Promise<SaveRefusal | null> => {
    const parsed = channel.safeParse({ id, kind, name, enabled, settings })
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const field = issue?.path.find((part) => part !== 'settings')
      return {
        field: field === undefined ? null : String(field),
        sentence: issue?.message ?? 'Something in the form is not right.',
      }
    }
    try {
      await call.channels.save({ channel: parsed.data, secrets })
    } catch (error) {
      return { field: refusedField(error), sentence: sentenceOf(error) }
    }
    tell(`“${name}” is saved. Test it, so that you know that messages arrive.`)
    return null
  }
}
