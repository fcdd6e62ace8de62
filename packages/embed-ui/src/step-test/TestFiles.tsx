import type { JsonValue } from '@inlay/engine'
import { FileUp, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { findTrigger } from '../canvas/step-looks.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { Button, IconButton } from '../ui/Button.js'
import { chooseFile } from '../ui/choose-file.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { type FilePlace, fileAsData, filePlaces, freePlace, MAX_DATA_BYTES, storedFiles } from './test-files.js'
import styles from './test-files.module.css'

/** A file that was given to a test. */
export interface GivenFile {
  readonly path: readonly string[]
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly value: JsonValue
}

export interface TestFilesProps {
  readonly files: readonly GivenFile[]
  readonly onChange: (files: readonly GivenFile[]) => void
}

/** Gives files to a test: one that an earlier run has stored, or one of the person's own as text. */
export function TestFiles({ files, onChange }: TestFilesProps) {
  const places = usePlaces()
  return places.map((place) => (
    <FilePlaceField
      key={keyOf(place)}
      place={place}
      given={files.find((file) => keyOf(file) === keyOf(place))}
      onGive={(file) => {
        const others = files.filter((each) => keyOf(each) !== keyOf(place))
        onChange(file === undefined ? others : [...others, file])
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

function keyOf({ path }: Pick<FilePlace, 'path'>): string {
  return path.join('.')
}

interface FilePlaceFieldProps {
  readonly place: FilePlace
  readonly given: GivenFile | undefined
  readonly onGive: (file: GivenFile | undefined) => void
}

function FilePlaceField({ place: { path, title }, given, onGive }: FilePlaceFieldProps) {
  const t = useTexts()
  const sizeOf = useSize()
  const { samples } = useEditor()
  const [problem, setProblem] = useState<string>()
  const stored = useMemo(() => (samples === undefined ? [] : storedFiles([samples.trigger, samples.steps])), [samples])
  const give = async (file: File) => {
    setProblem(undefined)
    if (file.size > MAX_DATA_BYTES) return setProblem(t('testFiles.tooLarge', { limit: sizeOf(MAX_DATA_BYTES) }))
    try {
      onGive({ path, name: file.name, size: file.size, value: await fileAsData(file) })
    } catch {
      setProblem(t('import.fileUnreadable'))
    }
  }
  const pick = ($file: string) => {
    const found = stored.find((file) => file.$file === $file)
    setProblem(undefined)
    if (found !== undefined) onGive({ path, name: found.name, size: found.size, value: { ...found } })
  }
  const label = title ?? t('testFiles.file')
  return (
    <Field
      label={label}
      help={t('testFiles.help', { limit: sizeOf(MAX_DATA_BYTES), path: path.join('.') })}
      error={problem}
      isOptional
      isGroup
    >
      {given === undefined ? (
        <div className={styles['choice']}>
          <Button size="small" icon={<FileUp size={14} />} onClick={() => chooseFile((file) => void give(file))}>
            {t('testFiles.choose')}
          </Button>
          {stored.length > 0 && (
            <Select
              value=""
              aria-label={t('testFiles.stored', { name: label })}
              placeholder={t('testFiles.storedChoose')}
              options={stored.map(({ $file, name, size }) => ({ value: $file, label: `${name} · ${sizeOf(size)}` }))}
              onValueChange={pick}
            />
          )}
        </div>
      ) : (
        <div className={styles['given']}>
          <bdi>{given.name}</bdi>
          <span className={styles['size']}>{sizeOf(given.size)}</span>
          <IconButton
            size="small"
            label={t('testFiles.remove', { name: given.name })}
            onClick={() => onGive(undefined)}
          >
            <X size={14} />
          </IconButton>
        </div>
      )}
    </Field>
  )
}

const KILO = 1_000

/** Sizes as people of the language write them. @returns a function of bytes */
function useSize(): (bytes: number) => string {
  const locale = useLocale()
  return (bytes) => {
    const [value, unit] = bytes < KILO ? [bytes, 'byte'] : [Math.ceil(bytes / KILO), 'kilobyte']
    return new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit) }).format(Number(value))
  }
}
