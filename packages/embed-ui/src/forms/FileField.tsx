import type { JsonValue } from '@inlay/engine'
import { FileChooser } from '../files/FileChooser.js'
import { isStoredFile } from '../files/stored-file.js'
import { useFileDoor } from '../files/useFileDoor.js'
import { useEditorAround } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useFieldData } from './data-context.js'
import { jsonToText, textToJson } from './json-text.js'
import styles from './SchemaForm.module.css'
import { TemplateField } from './TemplateField.js'

export interface FileFieldProps {
  /** What people call the field. */
  readonly label: string
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  /** It is an item of a list, whose row removes it. @default false */
  readonly isItem?: boolean
}

/** A file: of the person's own, which is the same in every run, or what an earlier step gives as one. */
export function FileField({ label, value, onChange, isItem = false }: FileFieldProps) {
  const t = useTexts()
  const door = useFileDoor()
  const hasData = useFieldData() !== undefined
  const isReadOnly = useEditorAround()?.isReadOnly === true
  const file = isStoredFile(value) ? value : undefined
  const isEmpty = value === undefined || value === null || value === ''
  const showsChooser = file !== undefined || (isEmpty && door !== undefined)
  return (
    <div className={styles['file']}>
      {showsChooser && (
        <FileChooser
          value={file}
          isReadOnly={isReadOnly}
          isRemovable={!isItem}
          onBusy={door?.onBusy}
          onChange={(chosen) => onChange(chosen === undefined ? undefined : { ...chosen })}
        />
      )}
      {file === undefined && (hasData || !showsChooser) && (
        <TemplateField
          aria-label={label}
          value={isEmpty ? '' : jsonToText(value)}
          placeholder={t(showsChooser ? 'file.fromStep' : 'form.file')}
          onChange={(text) => onChange(text === '' ? undefined : textToJson(text).value)}
        />
      )}
    </div>
  )
}
