import type { JsonValue } from '@inlay/engine'
import { useEffect, useState } from 'react'
import { isTemplate } from '../expressions/template.js'
import { useLocale } from '../messages/useTexts.js'
import { Input } from '../ui/Input.js'
import { numberToText, textToNumberIn } from './number-text.js'

export interface NumberFieldProps {
  readonly value: JsonValue | undefined
  readonly isInteger: boolean
  readonly placeholder?: string
  readonly 'aria-label'?: string
  readonly onChange: (value: JsonValue | undefined) => void
}

/** A number as people of the language write it. What is typed stays as it is while somebody types. */
export function NumberField({ value, isInteger, onChange, ...rest }: NumberFieldProps) {
  const locale = useLocale()
  const [text, setText] = useState(() => numberToText(value, locale))
  useEffect(() => {
    setText((typed) => (Object.is(textToNumberIn(typed, locale), value) ? typed : numberToText(value, locale)))
  }, [value, locale])
  return (
    <Input
      {...rest}
      value={text}
      inputMode={isInteger ? 'numeric' : 'decimal'}
      onChange={({ target }) => {
        setText(target.value)
        // Whoever writes data by hand means it.
        onChange(isTemplate(target.value) ? target.value : textToNumberIn(target.value, locale))
      }}
      onBlur={() => setText(numberToText(value, locale))}
    />
  )
}
