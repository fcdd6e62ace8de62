import { useEffect, useState } from 'react'
import { Input, type InputProps } from '../ui/Input.js'

export interface CommittedInputProps extends Omit<InputProps, 'value' | 'onChange' | 'onBlur'> {
  readonly value: string
  /** Called on Enter and when the field is left, if the text changed. */
  readonly onCommit: (value: string) => void
}

/** A field whose value counts only when the person is done: for ids, names and numbers that must be whole. */
export function CommittedInput({ value, onCommit, ...rest }: CommittedInputProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const commit = () => {
    if (text !== value) onCommit(text)
    // A refused value goes back to what is stored.
    setText(value)
  }
  return (
    <Input
      {...rest}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}
