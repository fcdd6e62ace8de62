import type { JsonValue } from '@inlay/engine'
import { useEffect, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { jsonProblem } from './json-problem.js'
import { jsonToText, textToJson } from './json-text.js'
import styles from './SchemaForm.module.css'
import { TemplateField } from './TemplateField.js'

export interface JsonFieldProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  readonly 'aria-label'?: string
}

/** Any JSON value as text: data when it is valid JSON, else a text. Keeps the person's own layout while they type. */
export function JsonField({ value, onChange, ...rest }: JsonFieldProps) {
  const t = useTexts()
  const [text, setText] = useState(() => jsonToText(value))
  const { problem } = textToJson(text)
  useEffect(() => {
    // Undo, or a change from elsewhere: what is typed here gives another value than the one there is.
    setText((typed) => (sameJson(textToJson(typed).value, value) ? typed : jsonToText(value)))
  }, [value])
  return (
    <div>
      <TemplateField
        isMultiline
        isMono
        value={text}
        {...rest}
        onChange={(next) => {
          setText(next)
          onChange(textToJson(next).value)
        }}
      />
      {problem !== undefined && (
        <div className={styles['hint']}>{t('form.notJson', { reason: jsonProblem(problem, text.trim(), t) })}</div>
      )}
    </div>
  )
}

function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
