import type { JsonValue } from '@inlay/engine'
import { PencilLine, SquareFunction } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { useFieldData } from './data-context.js'
import { type FieldMode, modeOf, toExpression, toValue } from './field-mode.js'

export interface FieldModeOptions {
  /** What people call the field. */
  readonly name: string
  readonly value: JsonValue | undefined
  /** Whether the field holds texts, which may have data between words. */
  readonly isText: boolean
  readonly onChange: (value: JsonValue | undefined) => void
}

/** Whether a field is shown as a value or as an expression, and the button that switches. */
export function useFieldMode({ name, value, isText, onChange }: FieldModeOptions) {
  const t = useTexts()
  const hasData = useFieldData() !== undefined
  const [wanted, setWanted] = useState<FieldMode>()
  const stored = modeOf(value, isText)
  // What only an expression can hold is one, whatever was wanted before, for example after undo.
  const mode = !hasData ? 'value' : stored === 'expression' && !isText ? 'expression' : (wanted ?? stored)
  const change = () => {
    const next = mode === 'value' ? 'expression' : 'value'
    setWanted(next)
    const kept = next === 'expression' ? toExpression(value) : toValue(value, isText)
    if (JSON.stringify(kept) !== JSON.stringify(value)) onChange(kept)
  }
  const isExpression = mode === 'expression'
  const toggle: ReactNode = hasData && (
    <IconButton
      size="small"
      label={t(isExpression ? 'form.toValue' : 'form.toExpression', { name })}
      aria-pressed={isExpression}
      onClick={change}
    >
      {isExpression ? <PencilLine size={14} /> : <SquareFunction size={15} />}
    </IconButton>
  )
  return { mode, toggle, isFresh: wanted === 'expression' }
}
