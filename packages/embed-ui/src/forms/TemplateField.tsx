import { Braces } from 'lucide-react'
import { type ChangeEvent, type KeyboardEvent, useRef, useState } from 'react'
import { isTemplate } from '../expressions/template.js'
import { useTexts } from '../messages/useTexts.js'
import { classNames } from '../ui/class-names.js'
import { useFieldControl } from '../ui/Field.js'
import inputStyles from '../ui/Field.module.css'
import { DataPicker } from './DataPicker.js'
import { useFieldData } from './data-context.js'
import { FieldTool } from './FieldTool.js'
import { Pills } from './Pills.js'
import { PreviewLine } from './PreviewLine.js'
import styles from './TemplateField.module.css'
import { useCalmBlur } from './useCalmBlur.js'
import { useDataPicker } from './useDataPicker.js'

export interface TemplateFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** @default false */
  readonly isMultiline?: boolean
  readonly isMono?: boolean
  readonly placeholder?: string
  /** Which keys telephones show. */
  readonly inputMode?: 'email' | 'url'
  readonly 'aria-label'?: string
  readonly onBlur?: () => void
  /** Gives the expression itself, without braces: for fields that hold nothing else. @default false */
  readonly isBare?: boolean
}

/**
 * A text that may hold data of earlier steps. Data is shown as chips while nobody types, as `{{ … }}` while somebody
 * does; the browser's own editing, undo and input methods work as anywhere.
 */
export function TemplateField(props: TemplateFieldProps) {
  const { value, onChange, isMultiline = false, isMono = false, isBare = false } = props
  const t = useTexts()
  const control = useFieldControl()
  const data = useFieldData()
  const wrap = useRef<HTMLDivElement>(null)
  const picker = useDataPicker({ value, onChange, isBare })
  // Back to typing: the next `{{` opens the picker anew.
  const { isFocused, ...typing } = useTyping(() => picker.setOpen(false), props.onBlur)
  const showsPills = !isFocused && !picker.isOpen && (isBare ? value.trim() !== '' : isTemplate(value))
  const onInput = (event: ChangeEvent<HTMLTextAreaElement>) => {
    onChange(event.target.value)
    if (data !== undefined) picker.openAfterSign(event.target, props.inputMode !== 'url' && !isMono)
  }
  return (
    <div ref={wrap} className={styles['wrap']} data-inlay-part="template-field" data-pills={showsPills || undefined}>
      {showsPills && <Pills template={isBare && !isTemplate(value) ? `{{ ${value} }}` : value} isMono={isMono} />}
      <textarea
        ref={picker.field}
        {...lookOf({ isCode: isMono || isBare, isMultiline })}
        value={value}
        placeholder={props.placeholder}
        inputMode={props.inputMode}
        aria-label={props['aria-label']}
        onChange={onInput}
        onKeyDown={(event) => ignoreEnter(event, isMultiline)}
        {...typing}
        {...control}
      />
      {data !== undefined && (
        <FieldTool
          label={t('data.insert')}
          title={t('data.title')}
          icon={<Braces size={14} aria-hidden="true" />}
          className={styles['insert']}
          anchor={wrap}
          isOpen={picker.isOpen}
          onOpenChange={picker.setOpen}
        >
          <DataPicker onPick={picker.insert} />
        </FieldTool>
      )}
      {data !== undefined && isFocused && isTemplate(value) && (
        <div className={styles['preview']}>
          <PreviewLine text={value} isWanted />
        </div>
      )}
    </div>
  )
}

/** Whether somebody types, and what the field tells of it. */
function useTyping(onBegin: () => void, onBlur: (() => void) | undefined) {
  const [isFocused, setFocused] = useState(false)
  const calm = useCalmBlur(() => setFocused(false))
  return {
    isFocused,
    onFocus: () => {
      calm.onFocus()
      setFocused(true)
      onBegin()
    },
    onBlur: () => {
      calm.onBlur()
      onBlur?.()
    },
  }
}

function lookOf({ isCode, isMultiline }: { readonly isCode: boolean; readonly isMultiline: boolean }) {
  return {
    rows: isMultiline ? 3 : 1,
    dir: isCode ? 'ltr' : 'auto',
    spellCheck: !isCode,
    className: classNames(
      inputStyles['control'],
      styles['text'],
      isCode && inputStyles['mono'],
      isMultiline && styles['multiline'],
    ),
  }
}

function ignoreEnter(event: KeyboardEvent, isMultiline: boolean): void {
  if (event.key === 'Enter' && !isMultiline) event.preventDefault()
}
