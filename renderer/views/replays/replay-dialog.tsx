import { Button, Group, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useFocusBack } from '#renderer/parts/use-focus-back.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useConsole } from '#renderer/state/console-context.ts'
import type { ReplayDraft } from '#renderer/state/replay-slice.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { Values } from '#shared/domain/record.ts'
import type { ReplayMode, ReplayReceipt } from '#shared/domain/replay.ts'
import { Waiting } from '../frame/waiting.tsx'
import { EditedValues } from './edited-values.tsx'
import { PlanView } from './plan-view.tsx'
import { PreviewList } from './preview-list.tsx'
import styles from './replay-dialog.module.css'

const modes: readonly { value: ReplayMode; label: string; meaning: string }[] = [
  {
    value: 'current',
    label: 'Today’s mapping',
    meaning: 'Each record as it is now, through the mapping as it is now. Right after a fix.',
  },
  {
    value: 'as-received',
    label: 'As received',
    meaning:
      'The values that came with the event, through the mapping of that time. What is newer at the other side stays.',
  },
  { value: 'edited', label: 'Edited', meaning: 'Values that you write, through the mapping as it is now.' },
]

const rates = [
  { value: '', label: 'As fast as live events leave room' },
  { value: '30', label: '30 a minute' },
  { value: '120', label: '120 a minute' },
  { value: '600', label: '600 a minute' },
]

/** Plan, diff, then the order: nothing is sent before the last button. */
export function ReplayDialog({ draft }: { draft: ReplayDraft }) {
  useFocusBack()
  const close = useConsole((state) => state.replay.close)
  const [mode, setMode] = useState<ReplayMode>('current')
  const [rate, setRate] = useState('')
  const [note, setNote] = useState('')
  /** null: what was typed is no JSON object. */
  const [payload, setPayload] = useState<Values | null>(null)
  const [run, busy] = useAction()
  const plan = useAnswer(JSON.stringify(draft.selection), (call) => call.replays.plan(draft.selection))
  const selection = plan.value?.selection ?? draft.selection
  const total = plan.value?.total ?? 0
  const isEdited = mode === 'edited'
  // Edited values belong to one delivery, which is sent at once: there is no pace to choose.
  const only = plan.value?.only ?? null
  const edited = { deliveryIds: only === null ? [] : [only], ...(payload !== null && { payload }) }

  async function order() {
    const receipt = await run(
      'The replay could not be started.',
      (call) =>
        call.replays.create({
          ...(isEdited ? edited : selection),
          mode,
          note: note.trim(),
          ...(rate !== '' && !isEdited && { rate: Number(rate) }),
        }),
      (done) => ({
        sentence: receiptSentence(done, total),
        link: { label: 'See the replay', hash: addressOf('replays', [done.replayId]) },
      }),
    )
    if (receipt !== null) close()
  }

  return (
    <Modal opened onClose={close} size={860} title={`Replay ${draft.what}`} centered>
      {plan.failed !== null && <LoadFailure what="The plan" error={plan.failed} again={plan.reload} />}
      {plan.value === null && plan.failed === null && <Waiting />}
      {plan.value !== null && (
        <div className={styles.body}>
          <PlanView plan={plan.value} />
          {total > 0 && (
            <>
              <div className={styles.mode}>
                <SegmentedControl
                  size="xs"
                  aria-label="What is sent"
                  value={mode}
                  onChange={(value) => setMode(modes.find((one) => one.value === value)?.value ?? 'current')}
                  data={modes.map((one) => ({
                    value: one.value,
                    label: one.label,
                    disabled: one.value === 'edited' && only === null,
                  }))}
                />
                <p className={styles.soft}>
                  {modes.find((one) => one.value === mode)?.meaning}
                  {only === null && ' Values can be edited for one delivery at a time.'}
                </p>
              </div>
              {isEdited && only !== null && <EditedValues deliveryId={only} onChange={setPayload} />}
              <PreviewList key={mode} request={{ ...(isEdited ? edited : selection), mode }} total={total} />
              <div className={styles.fields}>
                {!isEdited && (
                  <Select
                    size="xs"
                    label="How fast"
                    allowDeselect={false}
                    data={rates}
                    value={rate}
                    onChange={(value) => setRate(value ?? '')}
                  />
                )}
                <TextInput
                  size="xs"
                  label="Note, for whoever wonders later"
                  placeholder="Picklist value added in Salesforce"
                  maxLength={500}
                  value={note}
                  onChange={(event) => setNote(event.currentTarget.value)}
                />
              </div>
            </>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button
              loading={busy}
              disabled={total === 0 || (isEdited && payload === null)}
              onClick={() => void order()}
            >
              Replay {count(total, 'delivery', 'deliveries')}
            </Button>
          </Group>
        </div>
      )}
    </Modal>
  )
}

function receiptSentence({ deliveryIds, refused }: ReplayReceipt, total: number): string {
  const many = deliveryIds.length === 0 ? total : deliveryIds.length
  const rest =
    refused.length === 0
      ? ''
      : ` ${count(refused.length, 'was left out', 'were left out')}: ${refused[0]?.reason ?? ''}`
  return `${count(many, 'delivery is', 'deliveries are')} on the way again.${rest}`
}
