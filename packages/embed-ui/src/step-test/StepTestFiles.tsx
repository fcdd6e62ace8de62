import type { Step } from '@inlay/engine'
import { FileChooser } from '../files/FileChooser.js'
import { useFileDoor } from '../files/useFileDoor.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { fieldsFromData } from './given-files.js'
import type { GivenFiles } from './useGivenFiles.js'

export interface StepTestFilesProps {
  readonly step: Step
  readonly given: GivenFiles
}

/** Gives a test of one step files of the person's own, for fields that read data which no run has given yet. */
export function StepTestFiles({ step, given: { files, onChange, onBusy } }: StepTestFilesProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const door = useFileDoor()
  if (door === undefined) return null
  return fieldsFromData(step, connectors).map(({ path, title }) => {
    const key = path.join('.')
    const others = files.filter((each) => each.path.join('.') !== key)
    return (
      <Field
        key={key}
        label={t('file.forTest', { name: title ?? key })}
        help={t('file.forTestHelp')}
        isOptional
        isGroup
      >
        <FileChooser
          value={files.find((each) => each.path.join('.') === key)?.file}
          onChange={(file) => onChange(file === undefined ? others : [...others, { path, file }])}
          onBusy={onBusy}
        />
      </Field>
    )
  })
}
