import type { JsonValue } from '@inlay/engine'
import { type ReactNode, useRef, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useFieldData } from './data-context.js'
import { type FieldMode, modeOf, toExpression, toValue } from './field-mode.js'
import { ModeButton } from './ModeButton.js'

export interface FieldModeOptions {
  /** What people call the field. */
  readonly name: string
  readonly value: JsonValue | undefined
  /** Whether the field holds texts, which may have data between words. */
  readonly isText: boolean
  /** How a field that holds nothing is shown at first. @default 'value' */
  readonly emptyMode?: FieldMode | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** How a field is shown. */
export interface FieldModeState {
  readonly mode: FieldMode
  /** The button that switches; nothing where no data can be used. */
  readonly toggle: ReactNode
  /** Whether somebody has just asked for an expression, so that writing can begin. */
  readonly isFresh: boolean
}

/** Whether a field is shown as a value or as an expression, and the button that switches. */
export function useFieldMode({ name, value, isText, emptyMode, onChange }: FieldModeOptions): FieldModeState {
  const t = useTexts()
  const hasData = useFieldData() !== undefined
  const [wanted, setWanted] = useState<FieldMode>()
  const isEmpty = value === undefined || value === ''
  const stored = isEmpty ? (emptyMode ?? 'value') : modeOf(value, isText)
  // What only an expression can hold is one, whatever was wanted before, for example after undo.
  const mode = !hasData ? 'value' : !isEmpty && stored === 'expression' && !isText ? 'expression' : (wanted ?? stored)
  // Not every value can be read back from its expression: what nobody has changed comes back as it was.
  const made = useRef<{ readonly value: JsonValue | undefined; readonly expression: JsonValue | undefined }>(undefined)
  const change = () => {
    const next = mode === 'value' ? 'expression' : 'value'
    setWanted(next)
    const isUnchanged = made.current !== undefined && made.current.expression === value
    if (next === 'expression') made.current = { value, expression: toExpression(value) }
    const kept =
      next === 'expression' ? made.current?.expression : isUnchanged ? made.current?.value : toValue(value, isText)
    if (JSON.stringify(kept) !== JSON.stringify(value)) onChange(kept)
  }
  const isExpression = mode === 'expression'
  const toggle = hasData && (
    <ModeButton
      label={t(isExpression ? 'form.toValue' : 'form.toExpression', { name })}
      isExpression={isExpression}
      onClick={change}
    />
  )
  return { mode, toggle, isFresh: wanted === 'expression' }
}
