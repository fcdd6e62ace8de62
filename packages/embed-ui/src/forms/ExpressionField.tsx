import type { JsonValue } from '@inlay/engine'
import { Braces, SquareFunction } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { CodeEditorHandle } from '../expressions/editor/CodeEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useFieldControl } from '../ui/Field.js'
import { fetched } from '../ui/fetched.js'
import { DataPicker } from './DataPicker.js'
import { useFieldData } from './data-context.js'
import styles from './Expression.module.css'
import { FieldTool } from './FieldTool.js'
import { expressionValue, soleExpression } from './field-mode.js'
import { Pills } from './Pills.js'
import { PreviewLine } from './PreviewLine.js'
import { useCalmBlur } from './useCalmBlur.js'
import { useCodeEditor } from './useCodeEditor.js'
import { usePreview } from './usePreview.js'

const FunctionHelp = fetched(async () => (await import('./FunctionHelp.js')).FunctionHelp)

export interface ExpressionFieldProps {
  /** A text that is one expression in braces. */
  readonly value: JsonValue | undefined
  /** Whether somebody has just asked for an expression, so that writing can begin. @default false */
  readonly isFresh?: boolean
  /** An example. @default the general one */
  readonly placeholder?: string
  readonly onChange: (value: JsonValue | undefined) => void
}

/** One expression: chips until somebody writes, then an editor with completion; below it what it gives. */
export function ExpressionField({ value, isFresh = false, onChange, ...props }: ExpressionFieldProps) {
  const t = useTexts()
  const { placeholder = t('expression.placeholder') } = props
  const source = soleExpression(value) ?? (typeof value === 'string' ? value : '')
  const [isOpen, setOpen] = useState(isFresh)
  const [tool, setTool] = useState<ToolName>()
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<CodeEditorHandle>(null)
  const preview = usePreview(source, { isWanted: true, isBare: true })
  const change = (next: string) => onChange(expressionValue(next))
  const insert = (text: string) => {
    setTool(undefined)
    if (editor.current === null) change(source + text)
    else editor.current.insert(text)
    setOpen(true)
  }
  const calm = useCalmBlur(() => setOpen(false))
  const onBlur = (event: FocusEvent) => {
    const isInside = event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget) === true
    if (!isInside && tool === undefined) calm.onBlur()
  }
  return (
    <div className={styles['wrap']} data-inlay-part="expression-field">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears of the focus leaving what is inside */}
      <div
        ref={box}
        className={styles['box']}
        data-invalid={preview?.kind === 'wrong' || undefined}
        onFocus={calm.onFocus}
        onBlur={onBlur}
      >
        {isOpen ? (
          <OpenExpression
            source={source}
            wrongAt={preview?.kind === 'wrong' ? preview.position - 1 : undefined}
            handle={editor}
            placeholder={placeholder}
            onChange={change}
          />
        ) : (
          <ClosedExpression source={source} placeholder={placeholder} onOpen={() => setOpen(true)} />
        )}
        <Tools anchor={box} opened={tool} onOpen={setTool} onInsert={insert} />
      </div>
      <PreviewLine text={source} isWanted isBare />
    </div>
  )
}

interface ClosedProps {
  readonly source: string
  readonly placeholder: string
  readonly onOpen: () => void
}

/** The expression as people read it; pressing a key or the button begins to write. */
function ClosedExpression({ source, placeholder, onOpen }: ClosedProps) {
  const control = useFieldControl()
  const onKeyDown = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (key.length === 1 && !ctrlKey && !metaKey && !altKey) onOpen()
  }
  return (
    <button type="button" className={styles['chips']} {...control} onClick={onOpen} onKeyDown={onKeyDown}>
      {source === '' ? (
        <span className={styles['hint']}>{placeholder}</span>
      ) : (
        <Pills template={`{{ ${source} }}`} isMono isInside />
      )}
    </button>
  )
}

interface OpenProps {
  readonly source: string
  readonly wrongAt: number | undefined
  readonly handle: React.Ref<CodeEditorHandle>
  readonly placeholder: string
  readonly onChange: (source: string) => void
}

/** The editor; a plain field until its code has come. */
function OpenExpression({ source, wrongAt, handle, placeholder, onChange }: OpenProps) {
  const t = useTexts()
  const data = useFieldData()
  const Editor = useCodeEditor()
  const completion = useMemo(
    () =>
      data === undefined
        ? undefined
        : { groups: data.groups, stepNames: data.words.stepNames, rootNames: data.words.rootNames },
    [data],
  )
  if (Editor === undefined) {
    return (
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus
        rows={1}
        className={styles['source']}
        dir="ltr"
        aria-label={t('expression.label')}
        value={source}
        onChange={({ target }) => onChange(target.value)}
      />
    )
  }
  return (
    <Editor
      isFocused
      language="expression"
      value={source}
      label={t('expression.label')}
      placeholder={placeholder}
      data={completion}
      wrongAt={wrongAt}
      handle={handle}
      onChange={onChange}
    />
  )
}

type ToolName = 'data' | 'functions'

interface ToolsProps {
  readonly anchor: React.RefObject<HTMLDivElement | null>
  readonly opened: ToolName | undefined
  readonly onOpen: (tool: ToolName | undefined) => void
  readonly onInsert: (text: string) => void
}

/** What is looked up while writing: data of earlier steps, and functions. */
function Tools({ anchor, opened, onOpen, onInsert }: ToolsProps) {
  const t = useTexts()
  const tool = (name: ToolName) => ({
    anchor,
    className: styles['tool'],
    isOpen: opened === name,
    onOpenChange: (isOpen: boolean) => onOpen(isOpen ? name : undefined),
  })
  return (
    <div className={styles['tools']}>
      <FieldTool {...tool('data')} label={t('data.insert')} icon={<Braces size={14} aria-hidden="true" />}>
        <DataPicker onPick={({ source }) => onInsert(source)} />
      </FieldTool>
      <FieldTool
        {...tool('functions')}
        label={t('expression.functions')}
        icon={<SquareFunction size={15} aria-hidden="true" />}
      >
        <FunctionHelp onInsert={onInsert} />
      </FieldTool>
    </div>
  )
}
