import { useMemo } from 'react'
import { findTrigger } from '../canvas/step-looks.js'
import { FileChooser } from '../files/FileChooser.js'
import { useFileSize } from '../files/file-size.js'
import { type StoredFile, storedFiles } from '../files/stored-file.js'
import { useFileDoor } from '../files/useFileDoor.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { type FilePlace, filePlaces, freePlace } from './test-files.js'
import styles from './test-files.module.css'
import type { GivenFiles } from './useGivenFiles.js'

export interface TestFilesProps {
  readonly given: GivenFiles
}

/** Gives files to a test: one of the person's own, or one that an earlier run has stored. */
export function TestFiles({ given: { files, onChange, onBusy } }: TestFilesProps) {
  const places = usePlaces()
  const stored = useStoredFiles()
  // Nothing could be chosen.
  if (useFileDoor() === undefined && stored.length === 0) return null
  return places.map((place) => (
    <FilePlaceField
      key={keyOf(place)}
      place={place}
      stored={stored}
      onBusy={onBusy}
      given={files.find((file) => keyOf(file) === keyOf(place))?.file}
      onGive={(file) => {
        const others = files.filter((each) => keyOf(each) !== keyOf(place))
        onChange(file === undefined ? others : [...others, { path: place.path, file }])
      }}
    />
  ))
}

function usePlaces(): readonly FilePlace[] {
  const { trigger } = useDefinition()
  const { connectors } = useEditor()
  return useMemo(() => {
    const free = freePlace(trigger)
    if (free !== undefined) return [free]
    return filePlaces(findTrigger(trigger, connectors).summary?.outputSchema ?? {})
  }, [trigger, connectors])
}

/** Files of earlier runs, as far as the samples show some. */
function useStoredFiles(): readonly StoredFile[] {
  const { samples } = useEditor()
  return useMemo(() => (samples === undefined ? [] : storedFiles([samples.trigger, samples.steps])), [samples])
}

function keyOf({ path }: Pick<FilePlace, 'path'>): string {
  return path.join('.')
}

interface FilePlaceFieldProps extends Pick<GivenFiles, 'onBusy'> {
  readonly place: FilePlace
  readonly stored: readonly StoredFile[]
  readonly given: StoredFile | undefined
  readonly onGive: (file: StoredFile | undefined) => void
}

function FilePlaceField({ place: { path, title }, stored, given, onGive, onBusy }: FilePlaceFieldProps) {
  const t = useTexts()
  const sizeOf = useFileSize()
  const label = title ?? t('testFiles.file')
  return (
    <Field label={label} help={t('testFiles.help', { path: path.join('.') })} isOptional isGroup>
      <div className={styles['choice']}>
        <FileChooser value={given} onChange={onGive} onBusy={onBusy} />
        {given === undefined && stored.length > 0 && (
          <Select
            value=""
            aria-label={t('testFiles.stored', { name: label })}
            placeholder={t('testFiles.storedChoose')}
            options={stored.map(({ $file, name, size }) => ({ value: $file, label: `${name} · ${sizeOf(size)}` }))}
            onValueChange={($file) => onGive(stored.find((file) => file.$file === $file))}
          />
        )}
      </div>
    </Field>
  )
}
