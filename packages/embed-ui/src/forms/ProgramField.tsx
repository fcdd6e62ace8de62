import { useMemo } from 'react'
import type { DataGroup, DataNode } from '../expressions/data-tree.js'
import { useTexts } from '../messages/useTexts.js'
import { Textarea } from '../ui/Input.js'
import styles from './Expression.module.css'
import { useCodeEditor } from './useCodeEditor.js'

export interface ProgramFieldProps {
  readonly value: string
  readonly label: string
  readonly isReadOnly: boolean
  /** What the program may use, by name; completion offers it. */
  readonly inputNames: readonly string[]
  readonly onChange: (value: string) => void
}

/** A program in JavaScript, with its own editor once that has come. */
export function ProgramField({ value, label, isReadOnly, inputNames, onChange }: ProgramFieldProps) {
  const t = useTexts()
  const Editor = useCodeEditor()
  const names = inputNames.join(' ')
  const data = useMemo(
    () => ({
      groups: [inputGroup(names === '' ? [] : names.split(' '))],
      stepNames: () => undefined,
      rootNames: () => t('code.input'),
    }),
    [names, t],
  )
  if (Editor === undefined) {
    return <Textarea isMono rows={8} value={value} onChange={({ target }) => onChange(target.value)} />
  }
  return (
    <div className={styles['box']} data-code>
      <Editor
        language="javascript"
        value={value}
        label={label}
        data={data}
        isReadOnly={isReadOnly}
        onChange={onChange}
      />
    </div>
  )
}

/** `input` of a program, as completion offers data. */
function inputGroup(names: readonly string[]): DataGroup {
  const children = names.map((name): DataNode => ({ path: ['input', name], label: name, ...UNKNOWN, children: [] }))
  const root: DataNode = { path: ['input'], label: 'input', type: 'object', sample: undefined, children }
  return { id: 'input', step: undefined, kind: 'run', isReal: false, root }
}

const UNKNOWN = { type: 'any', sample: undefined } as const
