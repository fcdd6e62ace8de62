import { Braces } from 'lucide-react'
import { type ChangeEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { isTemplate } from '../expressions/template.js'
import { useTexts } from '../messages/useTexts.js'
import { classNames } from '../ui/class-names.js'
import { useFieldControl } from '../ui/Field.js'
import inputStyles from '../ui/Field.module.css'
import { Popover } from '../ui/Popover.js'
import { DataPicker, type PickedData } from './DataPicker.js'
import { useFieldData } from './data-context.js'
import { Pills } from './Pills.js'
import { PreviewLine } from './PreviewLine.js'
import styles from './TemplateField.module.css'
import { useCalmBlur } from './useCalmBlur.js'

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
  const isCode = isMono || isBare
  const t = useTexts()
  const control = useFieldControl()
  const data = useFieldData()
  const [isFocused, setFocused] = useState(false)
  const calm = useCalmBlur(() => setFocused(false))
  const wrap = useRef<HTMLDivElement>(null)
  const picker = usePicker({ value, onChange, isBare })
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
        rows={isMultiline ? 3 : 1}
        dir={isCode ? 'ltr' : 'auto'}
        spellCheck={!isCode}
        className={classNames(
          inputStyles['control'],
          styles['text'],
          isCode && inputStyles['mono'],
          isMultiline && styles['multiline'],
        )}
        value={value}
        placeholder={props.placeholder}
        inputMode={props.inputMode}
        aria-label={props['aria-label']}
        onChange={onInput}
        onKeyDown={(event) => ignoreEnter(event, isMultiline)}
        onFocus={() => {
          calm.onFocus()
          setFocused(true)
          // Back to typing: the next `{{` opens the picker anew.
          picker.setOpen(false)
        }}
        onBlur={() => {
          calm.onBlur()
          props.onBlur?.()
        }}
        {...control}
      />
      {data !== undefined && (
        <Popover
          isOpen={picker.isOpen}
          onOpenChange={picker.setOpen}
          label={t('data.title')}
          side="left"
          anchor={wrap}
          trigger={
            <button
              type="button"
              className={styles['insert']}
              data-open={picker.isOpen || undefined}
              aria-label={t('data.insert')}
              aria-expanded={picker.isOpen}
              title={t('data.insert')}
              onClick={() => picker.setOpen(!picker.isOpen)}
            >
              <Braces size={14} aria-hidden="true" />
            </button>
          }
        >
          <DataPicker onPick={picker.insert} />
        </Popover>
      )}
      {data !== undefined && isFocused && isTemplate(value) && (
        <div className={styles['preview']}>
          <PreviewLine text={value} isWanted />
        </div>
      )}
    </div>
  )
}

interface PickerOptions {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isBare: boolean
}

/** The picker of a field: remembers where the caret was, and puts what is picked there. */
function usePicker({ value, onChange, isBare }: PickerOptions) {
  const field = useRef<HTMLTextAreaElement>(null)
  const replaceFrom = useRef<number | undefined>(undefined)
  const caretAfter = useRef<number | undefined>(undefined)
  const [isOpen, setOpen] = useState(false)
  useLayoutEffect(() => {
    const element = field.current
    if (caretAfter.current === undefined || element === null || isOpen) return
    element.focus()
    element.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  })
  const insert = ({ source }: PickedData) => {
    const element = field.current
    const text = isBare ? source : `{{ ${source} }}`
    const isUntouched = element === null || document.activeElement === document.body
    const end = element === null || isUntouched ? value.length : element.selectionEnd
    const start = replaceFrom.current ?? (element === null || isUntouched ? value.length : element.selectionStart)
    onChange(value.slice(0, start) + text + value.slice(end))
    caretAfter.current = start + text.length
    replaceFrom.current = undefined
    setOpen(false)
  }
  return {
    field,
    isOpen,
    insert,
    setOpen: (open: boolean) => {
      if (!open) replaceFrom.current = undefined
      setOpen(open)
    },
    /** Typing `{{` asks for data, and so does `/` where a word would begin. */
    openAfterSign: ({ selectionStart, value: text }: HTMLTextAreaElement, hasSlash: boolean) => {
      const before = text.slice(0, selectionStart)
      // Only what was just typed asks: taking a letter away does not.
      const isTyped = text.length > value.length
      const isBraces = before.endsWith('{{') && !text.slice(selectionStart).trimStart().startsWith('}}')
      const isSlash = hasSlash && /(^|\s)\/$/.test(before)
      if (!isTyped || (!isBraces && !isSlash)) return
      replaceFrom.current = selectionStart - (isBraces ? 2 : 1)
      setOpen(true)
    },
  }
}

function ignoreEnter(event: KeyboardEvent, isMultiline: boolean): void {
  if (event.key === 'Enter' && !isMultiline) event.preventDefault()
}
