import type { JsonValue } from '@inlay/engine'
import { Braces, SquareFunction } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import type { CodeEditorHandle } from '../expressions/editor/CodeEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useFieldControl } from '../ui/Field.js'
import { fetched } from '../ui/fetched.js'
import { Popover } from '../ui/Popover.js'
import { DataPicker } from './DataPicker.js'
import { useFieldData } from './data-context.js'
import styles from './Expression.module.css'
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
  const [tool, setTool] = useState<'data' | 'functions'>()
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
        <div className={styles['tools']}>
          <Tool
            label={t('data.insert')}
            icon={<Braces size={14} aria-hidden="true" />}
            anchor={box}
            isOpen={tool === 'data'}
            onOpenChange={(open) => setTool(open ? 'data' : undefined)}
          >
            <DataPicker onPick={({ source: picked }) => insert(picked)} />
          </Tool>
          <Tool
            label={t('expression.functions')}
            icon={<SquareFunction size={15} aria-hidden="true" />}
            anchor={box}
            isOpen={tool === 'functions'}
            onOpenChange={(open) => setTool(open ? 'functions' : undefined)}
          >
            <FunctionHelp onInsert={insert} />
          </Tool>
        </div>
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

interface ToolProps {
  readonly label: string
  readonly icon: ReactNode
  readonly anchor: React.RefObject<HTMLDivElement | null>
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly children: ReactNode
}

function Tool({ label, icon, anchor, isOpen, onOpenChange, children }: ToolProps) {
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      label={label}
      side="left"
      anchor={anchor}
      trigger={
        <button
          type="button"
          className={styles['tool']}
          aria-label={label}
          title={label}
          aria-expanded={isOpen}
          onClick={() => onOpenChange(!isOpen)}
        >
          {icon}
        </button>
      }
    >
      {children}
    </Popover>
  )
}
