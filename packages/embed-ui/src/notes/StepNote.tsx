import type { Step } from '@inlay/engine'
import { noteStep } from '../document/edit.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'

/** Longest note, in characters: the definition's schema allows no more. */
export const MAX_NOTE_LENGTH = 2000

/** The note of a step as a form field: what people write down for each other, which no run reads. */
export function StepNote({ step }: { readonly step: Step }) {
  const t = useTexts()
  const builder = useBuilder()
  const { isReadOnly } = useEditor()
  if (isReadOnly && step.note === undefined) return null
  return (
    <Field label={t('note.label')} help={t('note.help')} isOptional>
      <Textarea
        rows={3}
        maxLength={MAX_NOTE_LENGTH}
        readOnly={isReadOnly}
        value={step.note ?? ''}
        onChange={(event) => {
          const note = event.target.value
          builder.edit((old) => noteStep(old, step.id, note), { mergeKey: `note ${step.id}` })
        }}
      />
    </Field>
  )
}
