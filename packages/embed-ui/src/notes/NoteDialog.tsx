import type { Step } from '@inlay/engine'
import { useState } from 'react'
import { noteStep } from '../document/edit.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { MAX_NOTE_LENGTH } from './StepNote.js'

export interface NoteDialogProps {
  readonly step: Step
  /** What the step is called. */
  readonly title: string
  readonly onClose: () => void
}

/** Asks for the note of a step. Only who cancels loses what was typed: who leaves by Escape can still undo it. */
export function NoteDialog({ step, title, onClose }: NoteDialogProps) {
  const t = useTexts()
  const builder = useBuilder()
  const [note, setNote] = useState(step.note ?? '')
  const keep = () => {
    if (note !== (step.note ?? '')) builder.edit((old) => noteStep(old, step.id, note))
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={keep}
      width="small"
      title={t('note.title', { name: title })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" onClick={keep}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field label={t('note.label')} help={t('note.help')}>
        <Textarea rows={6} maxLength={MAX_NOTE_LENGTH} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </Dialog>
  )
}
