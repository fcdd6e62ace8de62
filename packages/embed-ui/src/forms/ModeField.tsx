import type { ReactNode } from 'react'
import { Field, type FieldProps } from '../ui/Field.js'
import { ExpressionField } from './ExpressionField.js'
import { JsonField } from './JsonField.js'
import { jsonToText } from './json-text.js'
import styles from './ModeField.module.css'
import { TemplateField } from './TemplateField.js'
import { type FieldModeOptions, type FieldModeState, useFieldMode } from './useFieldMode.js'

export interface ModeFieldProps
  extends Omit<FieldModeOptions, 'name'>,
    Pick<FieldProps, 'help' | 'error' | 'isOptional' | 'isGroup'> {
  readonly label: string
  /** The control of the value. */
  readonly children: ReactNode
}

/** A field that people switch between a value and an expression. */
export function ModeField({ label, value, isText, emptyMode, onChange, isGroup = false, ...props }: ModeFieldProps) {
  const { children, ...field } = props
  const { mode, toggle, isFresh } = useFieldMode({ name: label, value, isText, emptyMode, onChange })
  const isExpression = mode === 'expression'
  return (
    <Field {...field} label={label} isGroup={isGroup && !isExpression} action={toggle}>
      {isExpression ? <ExpressionField value={value} isFresh={isFresh} onChange={onChange} /> : children}
    </Field>
  )
}

export interface TextModeFieldProps
  extends Omit<ModeFieldProps, 'value' | 'isText' | 'isGroup' | 'onChange' | 'children'> {
  readonly value: string
  /** @default false */
  readonly isMultiline?: boolean
  /** Called with an empty text when nothing is left. */
  readonly onChange: (value: string) => void
}

/** The same for a field that holds a text. */
export function TextModeField({ value, isMultiline = false, onChange, ...field }: TextModeFieldProps) {
  return (
    <ModeField {...field} isText value={value} onChange={(next) => onChange(jsonToText(next))}>
      <TemplateField value={value} isMultiline={isMultiline} onChange={onChange} />
    </ModeField>
  )
}

export interface JsonModeFieldProps extends Omit<ModeFieldProps, 'isText' | 'isGroup' | 'children'> {}

/** The same for a field that holds any JSON value. */
export function JsonModeField(field: JsonModeFieldProps) {
  return (
    <ModeField {...field} isText>
      <JsonField value={field.value} onChange={field.onChange} />
    </ModeField>
  )
}

export interface ModeCellProps extends Pick<FieldModeOptions, 'value' | 'onChange'> {
  /** What people call the field. */
  readonly name: string
  readonly state: FieldModeState
  /** The control of the value. */
  readonly children: ReactNode
}

/** The same in a row, where the button stands beside the control. */
export function ModeCell({ name, state, value, onChange, children }: ModeCellProps) {
  const { mode, toggle, isFresh } = state
  return (
    <div className={styles['cell']} data-toggle={toggle !== false || undefined}>
      {mode === 'expression' ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has no name without a legend that is seen
        <div role="group" aria-label={name}>
          <ExpressionField value={value} isFresh={isFresh} onChange={onChange} />
        </div>
      ) : (
        <div>{children}</div>
      )}
      {toggle}
    </div>
  )
}
