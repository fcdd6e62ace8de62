import type { JsonValue } from '@inlay/engine'
import { Pin } from 'lucide-react'
import { useState } from 'react'
import { jsonProblem } from '../forms/json-problem.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { usePinned, usePinning } from './usePins.js'

export interface PinDialogProps {
  readonly stepId: string
  readonly name: string
  /** What is shown at first when there is neither pinned nor sample data. */
  readonly fallback: JsonValue
  readonly onClose: () => void
}

/** Data of a person's own that stands in for a step in tests. */
export function PinDialog({ stepId, name, fallback, onClose }: PinDialogProps) {
  const t = useTexts()
  const { samples } = useEditor()
  const { pin, unpin } = usePinning()
  const isPinned = usePinned().has(stepId)
  const [text, setText] = useState(() => JSON.stringify(samples?.steps[stepId] ?? fallback ?? {}, null, 2))
  const [isBusy, setBusy] = useState(false)
  const parsed = parse(text)
  const run = async (change: () => Promise<boolean>) => {
    setBusy(true)
    const isDone = await change()
    setBusy(false)
    if (isDone) onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('pin.title', { name })}
      description={t('pin.help')}
      footer={
        <>
          {isPinned && <Button onClick={() => void run(() => unpin(stepId))}>{t('pin.unpin')}</Button>}
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            icon={<Pin size={15} />}
            isBusy={isBusy}
            disabled={!parsed.ok}
            onClick={() => parsed.ok && void run(() => pin(stepId, parsed.value))}
          >
            {t('pin.save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('stepTest.output')}
        error={parsed.ok ? undefined : t('pin.invalid', { reason: jsonProblem(parsed.reason, text, t) })}
      >
        <Textarea isMono rows={12} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  )
}

function parse(
  text: string,
): { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly reason: string } {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return { ok: true, value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
